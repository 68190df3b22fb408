import { setTimeout as sleep } from 'node:timers/promises'
import { type Engine, EngineError, type FederationModel } from '@fednode/engine'
import { BlobError, CodecError, type Round, type RoundOpen } from '@fednode/protocol'
import { announceUpdate, isOver } from './announce-update.ts'
import type { EvaluatedRows } from './evaluated-rows.ts'
import { forgetMemories } from './forget-memories.ts'
import { modelProviders } from './model-providers.ts'
import { prepareUpdate } from './prepare-update.ts'
import { checkFirstModel } from './prepared-models.ts'
import { signedOpening } from './signed-opening.ts'
import type { SiloRun } from './silo.ts'
import type { TrainedUpdate } from './silo-journal.ts'

/** Wait before the global model is asked for again when nobody delivered it, in ms. */
const FETCH_RETRY_MS = 1_000
/** How often a wait looks again whether it is over, in ms. */
const LOOK_AGAIN_MS = 5_000

/** What a silo trains, and the engine that does it. */
export type Trainer = {
  models(round: Round, signal: AbortSignal): Promise<FederationModel>
  engine(): Promise<Engine>
  /** The silo's rows as this round trains and measures on them. */
  rows(open: RoundOpen, signal: AbortSignal): Promise<EvaluatedRows>
}

/** Takes part in one round: train, or find what was trained before a restart; announce; wait for the end of the round. */
export async function playRound(run: SiloRun, open: RoundOpen, trainer: Trainer): Promise<void> {
  const { deps, options, served } = run
  const { round, model } = open
  deps.onEvent({ type: 'round-open', round, rounds: options.manifest.rounds.count })
  saveOpening(run, open)
  if (!isDrawn(run, open)) {
    deps.onEvent({ type: 'not-drawn', round })
    return untilOver(run, open)
  }
  deps.journal.saveBase(round, model)
  served.models.add(model.cid)
  const trained = (await trainedBefore(run, open)) ?? (await trainNow(run, open, trainer))
  await dropControl(run, open)
  if (trained !== undefined) {
    served.updates.add(trained.update.cid)
    await announceUpdate(run, round, trained)
  }
  await untilOver(run, open)
}

async function untilOver(run: SiloRun, open: RoundOpen): Promise<void> {
  const { state, signal } = run
  while (!signal.aborted && !isOver(run, open.round) && !hasNewBase(run, open)) {
    await state.changed({ timeoutMs: LOOK_AGAIN_MS, signal })
  }
}

/** Whether this silo takes part; who was not drawn spends no time on an update that nobody takes. */
function isDrawn({ deps, host }: SiloRun, { sample }: RoundOpen): boolean {
  const index = deps.registry.memberOf(host.peerId)?.index
  return sample === undefined || (index !== undefined && sample.drawn.includes(index))
}

/** What a round was opened with cannot be denied later. */
function saveOpening({ deps, state }: SiloRun, open: RoundOpen): void {
  const signed = signedOpening(state.get().rounds.ledger.values(), open)
  if (signed !== undefined) deps.journal.saveOpening(signed)
}

/** A restarted aggregator may open the same round from another model; what was trained is then worthless. */
function hasNewBase({ state }: SiloRun, open: RoundOpen): boolean {
  const now = state.get().open
  return now !== undefined && now.round === open.round && now.model.cid !== open.model.cid
}

/** Nobody asks a silo for the server's control variate, so it need not stay; a CID that is served is not the aggregator's to drop. */
async function dropControl({ deps, served }: SiloRun, { control }: RoundOpen): Promise<void> {
  if (control === undefined || served.models.has(control.cid)) return
  if (!served.updates.has(control.cid)) await deps.blobs.remove(control.cid)
}

async function trainedBefore(
  { deps }: SiloRun,
  open: RoundOpen,
): Promise<TrainedUpdate | undefined> {
  const known = deps.journal.update(open.round)
  if (known === undefined || known.base !== open.model.cid) return undefined
  return (await deps.blobs.has(known.update.cid)) ? known : undefined
}

async function trainNow(
  run: SiloRun,
  open: RoundOpen,
  trainer: Trainer,
): Promise<TrainedUpdate | undefined> {
  const { deps, options, signal } = run
  const memory = deps.journal.memoryBefore(open.round)
  const stale = staleSignal(run, open)
  try {
    while (!stale.signal.aborted) {
      try {
        const models = await trainer.models(open.round, stale.signal)
        if (options.manifest.training.start !== undefined) checkFirstModel(open, models)
        const trained = await prepareUpdate(
          open,
          {
            engine: await trainer.engine(),
            models,
            manifest: options.manifest,
            silo: options.name,
            rows: await trainer.rows(open, stale.signal),
            host: run.host,
            blobs: deps.blobs,
            logger: deps.logger,
            memory,
            spoilUpdate: deps.spoilUpdate,
            providers: modelProviders(run),
            elapsed: deps.elapsed,
            onProgress: (progress) =>
              deps.onEvent({ type: 'training', round: open.round, ...progress }),
          },
          stale.signal,
        )
        await forgetMemories(deps, [memory?.cid, trained.memory?.cid])
        deps.journal.saveUpdate(open.round, trained)
        return trained
      } catch (error) {
        if (stale.signal.aborted) return undefined
        if (error instanceof EngineError || error instanceof CodecError)
          return skip(run, open, error)
        if (!(error instanceof BlobError)) throw error
        deps.logger.warn({ round: open.round, code: error.code }, 'the global model did not arrive')
        await sleep(FETCH_RETRY_MS, undefined, { signal }).catch(() => {})
      }
    }
    return undefined
  } finally {
    stale.stop()
  }
}

/** Training that diverged sends nothing: an update with NaN would be refused anyway, or cannot be compressed; the round goes on without us. */
function skip({ deps }: SiloRun, { round }: RoundOpen, error: EngineError | CodecError): undefined {
  deps.logger.error({ round, code: error.code, reason: error.message }, 'training failed')
  deps.onEvent({ type: 'skipped', round, code: error.code, reason: error.message })
  return undefined
}

/** Fires when the silo stops or the round is over before its training is. */
function staleSignal(run: SiloRun, open: RoundOpen): { signal: AbortSignal; stop(): void } {
  const finished = new AbortController()
  const stale = new AbortController()
  const watch = async (): Promise<void> => {
    const signal = AbortSignal.any([run.signal, finished.signal])
    while (!signal.aborted && !isOver(run, open.round) && !hasNewBase(run, open)) {
      await run.state.changed({ timeoutMs: LOOK_AGAIN_MS, signal })
    }
    if (!finished.signal.aborted) stale.abort()
  }
  void watch()
  return { signal: AbortSignal.any([run.signal, stale.signal]), stop: () => finished.abort() }
}
