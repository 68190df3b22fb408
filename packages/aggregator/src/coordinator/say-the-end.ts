import { setTimeout as sleep } from 'node:timers/promises'
import type { Run } from './coordinator.ts'
import { ANNOUNCE_MS, keepSaying } from './publish.ts'
import { roundResultOf } from './statements.ts'

/** Longest stay after the last round for silos that have not taken the model, in ms. */
const LAST_MODEL_GRACE_MS = 15_000
/** How often it is looked whether they have. */
const LAST_MODEL_POLL_MS = 50
/** Longest stay after the last silo asked, in ms. */
const LINGER_MS = 10_000

/** Repeats the last result until every connected silo has asked for the last model, for a bounded time. */
export async function sayTheEnd(run: Run): Promise<void> {
  const { deps, host, options } = run
  const last = deps.journal.record(deps.journal.lastClosedRound())
  if (last === undefined) return
  const over = new AbortController()
  const signal = AbortSignal.any([run.signal, over.signal])
  const saying = keepSaying(run, () => roundResultOf(run, last), {
    everyMs: options.announceMs ?? ANNOUNCE_MS,
    signal,
  })
  const until = deps.elapsed() + LAST_MODEL_GRACE_MS
  const isServed = (): boolean =>
    deps.registry
      .members()
      .every(
        ({ peerId }) => !host.isConnected(peerId) || run.watch.hasAsked(peerId, last.model.cid),
      )
  while (!run.signal.aborted && !isServed() && deps.elapsed() < until) {
    await sleep(LAST_MODEL_POLL_MS, undefined, { signal: run.signal }).catch(() => {})
  }
  // Who asked has not got it yet; silos leave when they have.
  const leaveAt = deps.elapsed() + (options.lingerMs ?? LINGER_MS)
  const isAlone = (): boolean =>
    deps.registry.members().every(({ peerId }) => !host.isConnected(peerId))
  while (!run.signal.aborted && !isAlone() && deps.elapsed() < leaveAt) {
    await sleep(LAST_MODEL_POLL_MS, undefined, { signal: run.signal }).catch(() => {})
  }
  over.abort()
  await saying
}
