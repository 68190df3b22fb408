import type { Engine } from '@fednode/engine'
import {
  type BlobRef,
  type Cid,
  createSiloRounds,
  FedError,
  type Round,
  type SignedMessage,
} from '@fednode/protocol'
import { createClockWatch } from './clock-watch.ts'
import { evaluatedRows } from './evaluated-rows.ts'
import { fetchModel } from './fetch-model.ts'
import { keepConnected } from './keep-connected.ts'
import { keepMissedEvidence } from './keep-missed-evidence.ts'
import { modelProviders } from './model-providers.ts'
import type { Trainer } from './play-round.ts'
import { playRounds } from './play-rounds.ts'
import { preparedModels } from './prepared-models.ts'
import { preparedRows } from './prepared-rows.ts'
import { createSignalled } from './signalled.ts'
import type { Silo, SiloDeps, SiloOptions, SiloRun } from './silo.ts'
import { siloRules } from './silo-rules.ts'
import type { SiloState } from './silo-state.ts'
import { takeMessage } from './take-message.ts'
import { watchAnchors } from './watch-anchors.ts'
import { watchTerm } from './watch-term.ts'
import { wholeModel } from './whole-model.ts'

/**
 * A silo: listens, stays connected to the aggregator, and plays round after round. What it did is journaled before it is said, so
 * that kill -9 at any moment and a new start go on with the same round.
 */
export function createSilo(options: SiloOptions, deps: SiloDeps): Silo {
  const controller = new AbortController()
  const run = assemble(options, deps, controller.signal)
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  // Whoever awaits `done` sees the failure; until then it is not an unhandled one.
  promise.catch(() => {})
  return {
    done: promise,
    async start() {
      const { journal, onEvent } = deps
      const { models, updates } = journal.blobs()
      for (const cid of models) run.served.models.add(cid)
      for (const cid of updates) run.served.updates.add(cid)
      await run.host.start()
      onEvent({ type: 'listening', peerId: run.host.peerId, addresses: run.host.addresses() })
      void live(run).then(resolve, reject)
    },
    async stop() {
      controller.abort()
      await run.host.stop()
    },
  }
}

function assemble(options: SiloOptions, deps: SiloDeps, signal: AbortSignal): SiloRun {
  const state = createSignalled<SiloState>({
    rounds: createSiloRounds({
      aggregator: deps.registry.federatorPeerId,
      manifest: options.manifestCid,
      finished: deps.journal.lastResult()?.round ?? 0,
    }),
  })
  const served = { models: new Set<Cid>(), updates: new Set<Cid>() }
  const announced: SiloRun['announced'] = {}
  const clock = createClockWatch(deps)
  const rules = siloRules(options, deps, {
    state,
    served,
    onMessage(signed: SignedMessage) {
      if (signed.sender === deps.registry.federatorPeerId) clock.look([signed])
      takeMessage({ state, options }, signed)
    },
    latestMessages: () => [
      ...deps.journal.aggregatorWords(),
      ...(announced.latest === undefined ? [] : [announced.latest]),
    ],
  })
  return { options, deps, host: deps.createHost(rules), state, served, announced, clock, signal }
}

async function live(run: SiloRun): Promise<void> {
  const { deps } = run
  const connection = keepConnected(run)
  const engine = once(deps.createEngine)
  const trainer = {
    models: preparedModels(run, engine),
    engine,
    rows: rowsOfRound(run),
  }
  const before = deps.journal.lastResult()
  // Killed after the last round: only its model and evidence may be missing.
  if (before?.last === true) {
    await finish(run, before, trainer)
    // Else nobody is there any more to give it.
    if (run.host.isConnected(deps.registry.federatorPeerId)) await keepMissedEvidence(run)
    return
  }
  const rounds = playRounds(run, trainer)
  const watching = Promise.all([watchTerm(run), watchAnchors(run)])
  // The connection ends only with the silo; its failure must not go unseen while a round is waited for.
  const last = await Promise.race([rounds, Promise.all([connection, watching]).then(() => rounds)])
  if (last !== undefined) await finish(run, last, trainer)
}

/** The rows of a round, and of them those that are held back. */
function rowsOfRound(run: SiloRun): Trainer['rows'] {
  const prepare = preparedRows(run)
  const split = evaluatedRows(run.options)
  return async (open, signal) => split(await prepare(open, signal))
}

async function finish(
  run: SiloRun,
  last: { readonly round: Round; readonly model: BlobRef },
  trainer: Trainer,
): Promise<void> {
  const { deps, host, served, signal } = run
  const { blobs } = deps
  served.models.add(last.model.cid)
  try {
    const engine = await trainer.engine()
    const models = await trainer.models(last.round, signal)
    const fetched = await fetchModel(
      last,
      { engine, model: models.shared, host, blobs, providers: modelProviders(run) },
      signal,
    )
    const bytes = await wholeModel(run, { engine, models, round: last.round, fetched })
    deps.onEvent({ type: 'finished', model: await deps.saveModel(bytes) })
  } catch (error) {
    if (!(error instanceof FedError)) throw error
    deps.logger.warn({ code: error.code }, 'the trained model could not be fetched')
    deps.onEvent({ type: 'finished' })
  }
}

function once(create: () => Promise<Engine>): () => Promise<Engine> {
  let engine: Promise<Engine> | undefined
  return () => {
    engine ??= create()
    return engine
  }
}
