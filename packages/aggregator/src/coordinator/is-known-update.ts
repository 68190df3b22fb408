import { isCopy, type RoundState } from '@fednode/protocol'
import type { Run } from './coordinator.ts'
import type { FetchDecision } from './fetch-update.ts'
import { isTriedAgain } from './is-tried-again.ts'

/** Whether the aggregator holds these bytes from somebody else or from an earlier round: then they are nobody's work of this one (T32). */
export function isKnownUpdate(
  { deps, served }: Pick<Run, 'deps' | 'served'>,
  state: RoundState,
  { silo, update: { cid } }: FetchDecision,
): boolean {
  // Two may announce the same at once; whose were checked first keeps them.
  if (isCopy(state, silo, cid)) return true
  const { base, round } = state.plan
  if (cid === base) return false
  // A global model of an earlier round is nobody's update either.
  if (served.has(cid)) return true
  const origin = deps.journal.earlierUpdate(round, cid)
  return origin !== undefined && !isTriedAgain(deps.journal, origin, { silo, base })
}
