import { setTimeout as sleep } from 'node:timers/promises'
import { federationModel } from '@fednode/engine'
import { type Cid, UserError } from '@fednode/protocol'
import { idleQueue } from '../chain/idle-queue.ts'
import { createChainQueue } from '../chain/queue.ts'
import { countStarts } from '../leadership/count-starts.ts'
import { silenceHost } from '../leadership/silence-host.ts'
import { standbyKey } from '../leadership/standby-key.ts'
import { preprocess } from '../preprocessing/preprocess.ts'
import { usePreprocessing } from '../preprocessing/use-preprocessing.ts'
import type { Coordinator, CoordinatorDeps, CoordinatorOptions, Run } from './coordinator.ts'
import { federatorRules } from './federator-rules.ts'
import { createMemberWatch } from './member-watch.ts'
import { playRounds } from './play-rounds.ts'
import { prepare } from './prepare.ts'
import { sayTheEnd } from './say-the-end.ts'
import { serveRound } from './serve-round.ts'
import { settleFinally } from './settle-finally.ts'
import { latestStatements } from './statements.ts'
import { notingWhatIsAsked, untilKept } from './until-kept.ts'

/** How long stop() waits for what is on its way, in ms: a dead RPC must not hold up the end of the process. */
const STOP_GRACE_MS = 1_000

/**
 * The aggregator of one federation: lets registered silos in, opens rounds, checks, averages and values their updates, and brings the
 * outcome onto the chain. All that counts is in the journal and the blob store: kill -9 at any moment and a new start go on with the
 * same round.
 */
export function createCoordinator(options: CoordinatorOptions, deps: CoordinatorDeps): Coordinator {
  const controller = new AbortController()
  const { promise: done, resolve, reject } = Promise.withResolvers<void>()
  // Whoever awaits `done` sees the failure; until then it is not an unhandled one.
  done.catch(() => {})
  const fail = (error: unknown): void => {
    controller.abort()
    reject(error)
  }
  const run = assemble({ options, deps, fail, stopped: controller.signal })
  let living: Promise<void> = Promise.resolve()
  const end = async (): Promise<void> => {
    controller.abort()
    await Promise.all([run.queue.stop(), run.host.stop()])
  }
  const stop = async (): Promise<void> => {
    // Silent first: whoever leads next may begin as soon as the lease is free.
    const stopped = end().then(() => Promise.all([living, run.leadership.release()]))
    await Promise.race([stopped, sleep(STOP_GRACE_MS, undefined, { ref: false })])
    resolve()
  }
  return {
    done,
    async start() {
      if (deps.peerKey.peerId !== deps.registry.federatorPeerId) throw notTheFederator(run)
      const { journal } = deps
      journal.bind({ scenario: options.scenario, manifest: options.manifestCid })
      for (const record of journal.records()) serveRound(run, record)
      await run.host.start()
      const term = await run.leadership.take({ floor: journal.term(), onLost: fail })
      journal.startTerm(term)
      run.state.term = term
      run.signal.addEventListener('abort', () => void stop().catch(reject), { once: true })
      deps.onEvent({ type: 'listening', addresses: run.host.addresses() })
      living = live(run).then(end).then(resolve, fail)
    },
    stop,
  }
}

function assemble(parts: {
  readonly options: CoordinatorOptions
  readonly deps: CoordinatorDeps
  readonly stopped: AbortSignal
  fail(error: unknown): void
}): Run {
  const { options, deps, stopped, fail } = parts
  const { leadership = countStarts() } = deps
  const { manifest, chainId, scenario } = options
  const models = federationModel(manifest, { engine: deps.engine, start: deps.start })
  const { start } = manifest.training
  const served: Run['served'] = new Set(start === undefined ? [] : [start])
  const verified: Run['verified'] = new Set()
  const watch = createMemberWatch()
  const state: Run['state'] = { term: 0, validation: deps.validation }
  const standby = standbyKey(deps.peerKey, { chainId, scenario })
  const rules = federatorRules({
    registry: deps.registry,
    served,
    verifiers: new Set([...(manifest.contribution.verifiers ?? []), standby.peerId]),
    verified,
    watch,
    view: () => ({
      chainId,
      scenario,
      term: state.term,
      now: deps.now(),
      round: deps.journal.openRound()?.round ?? deps.journal.lastClosedRound(),
      memberOf: deps.registry.memberOf,
      federator: deps.registry.federatorPeerId,
    }),
    onUpdate: (signed) => state.collecting?.announce(signed),
    latestMessages: () => (leadership.isHeld() ? latestStatements(run) : []),
  })
  const asked = new Set<Cid>()
  const run: Run = {
    options,
    deps,
    host: silenceHost(deps.createHost(notingWhatIsAsked(rules, asked)), leadership),
    leadership,
    queue:
      deps.chain === undefined
        ? idleQueue()
        : createChainQueue({
            ...{ ...deps, chain: deps.chain },
            pause: (ms, signal) => sleep(ms, undefined, { signal }),
            onFailure: fail,
            async beforeStep(task) {
              await untilKept(run, task, asked)
              await leadership.confirm()
            },
          }),
    model: models.shared,
    firstModel: models.first,
    signal: AbortSignal.any([stopped, deps.signal]),
    fail,
    served,
    verified,
    watch,
    state,
  }
  return run
}

async function live(run: Run): Promise<void> {
  const { deps, options, signal } = run
  await usePreprocessing(run)
  await prepare(run)
  if (signal.aborted) return
  await preprocess(run)
  if (signal.aborted) return
  run.queue.start()
  await playRounds(run)
  if (signal.aborted) return
  await Promise.all([sayTheEnd(run), settleFinally(run)])
  if (!signal.aborted) deps.onEvent({ type: 'finished', rounds: options.manifest.rounds.count })
}

function notTheFederator({ deps }: Run): UserError {
  return new UserError(
    'refused',
    `this peer (${deps.peerKey.peerId}) is not the federator of the Scenario (${deps.registry.federatorPeerId})`,
    { code: 'NOT_THE_FEDERATOR', hint: 'Use the directory with which the federation was created.' },
  )
}
