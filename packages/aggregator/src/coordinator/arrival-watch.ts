import type { Host, RoundPlan, SignedMessage, SiloName, UpdateReady } from '@fednode/protocol'
import type { Journal } from '../journal/create-journal.ts'
import type { RoundClock } from './round-clock.ts'

/**
 * Journals when each silo first announced its update of a round, accepted or not: what comes after the deadline says as much about how
 * long updates take. A silo that comes in the middle of a round says nothing of that and is left out.
 */
export function createArrivalWatch(
  plan: Pick<RoundPlan, 'round' | 'term' | 'base' | 'members'>,
  parts: {
    readonly journal: Pick<Journal, 'saveArrival'>
    readonly clock: RoundClock
    readonly host: Pick<Host, 'isConnected'>
  },
): (signed: SignedMessage<UpdateReady>) => void {
  const { journal, clock, host } = parts
  const present = new Set([...plan.members.values()].filter((peer) => host.isConnected(peer)))
  const seen = new Set<SiloName>()
  return ({ message, sender }) => {
    const { silo, round, term, base } = message
    const isOfRound = round === plan.round && term === plan.term && base === plan.base
    if (!isOfRound || plan.members.get(silo) !== sender || seen.has(silo)) return
    if (!present.has(sender)) return
    seen.add(silo)
    journal.saveArrival({ round, silo, ms: clock.sinceOpened() })
  }
}
