import { setTimeout as sleep } from 'node:timers/promises'
import type { Cid, HostRules } from '@fednode/protocol'
import type { ChainTask } from '../journal/chain-task.ts'
import type { Run } from './coordinator.ts'

/** Longest wait for somebody to take a round's evidence, in ms. */
const KEEP_MS = 10_000
const POLL_MS = 50

/** Rules that remember what peers took. */
export function notingWhatIsAsked(rules: HostRules, asked: Set<Cid>): HostRules {
  return {
    ...rules,
    mayServe(peer, cid) {
      const may = rules.mayServe(peer, cid)
      if (may) asked.add(cid)
      return may
    },
  }
}

/**
 * Lets a round's assertion wait until a silo or the standby takes its evidence: what the chain anchors and nobody but this machine has could
 * not be rebuilt when it burns down (T60). For a bounded time, and not when nobody is connected.
 */
export async function untilKept(
  { deps, options, host, signal }: Run,
  { work, round }: ChainTask,
  asked: ReadonlySet<Cid>,
): Promise<void> {
  if (work.step !== 'assert') return
  const evidence = deps.journal.record(round)?.evidence.cid
  const until = deps.elapsed() + (options.keepMs ?? KEEP_MS)
  const isSomebodyThere = (): boolean =>
    deps.registry.members().some(({ peerId }) => host.isConnected(peerId))
  while (
    evidence !== undefined &&
    !asked.has(evidence) &&
    deps.elapsed() < until &&
    !signal.aborted &&
    isSomebodyThere()
  ) {
    // Aborting is how a wait ends early; nothing else rejects here.
    await sleep(POLL_MS, undefined, { signal }).catch(() => {})
  }
}
