import type { RoundPlan, SignedMessage, SiloName, UpdateReady } from '@fednode/protocol'
import type { Journal } from '../journal/create-journal.ts'
import type { RoundClock } from './round-clock.ts'

/**
 * Journals when each silo first announced its update of a round, accepted or not: what comes after the deadline says as much about how
 * long updates take.
 */
export function createArrivalWatch(
  plan: Pick<RoundPlan, 'round' | 'term' | 'base' | 'members'>,
  {
    journal,
    clock,
  }: { readonly journal: Pick<Journal, 'saveArrival'>; readonly clock: RoundClock },
): (signed: SignedMessage<UpdateReady>) => void {
  const seen = new Set<SiloName>()
  return ({ message, sender }) => {
    const { silo, round, term, base } = message
    const isOfRound = round === plan.round && term === plan.term && base === plan.base
    if (!isOfRound || plan.members.get(silo) !== sender || seen.has(silo)) return
    seen.add(silo)
    journal.saveArrival({ round, silo, ms: clock.sinceOpened() })
  }
}
