import type { Cid, PeerIdText, Round, SiloName } from '../ids.ts'
import type { BlobRef, RefusalCode } from '../messages/types.ts'

/** What a round is, fixed when it opens. */
export type RoundPlan = {
  readonly round: Round
  readonly term: number
  /** The global model that updates must come from. */
  readonly base: Cid
  /** Unix ms; announcements after it are late. */
  readonly deadline: number
  readonly minSilos: number
  /** Accepted updates with which the round ends once its patience is over, see targetSilos. */
  readonly targetSilos: number
  /** Who may take part, and the peer that speaks for each. */
  readonly members: ReadonlyMap<SiloName, PeerIdText>
  /** Those of them who were drawn for this round; absent: all. */
  readonly drawn?: ReadonlySet<SiloName>
  /** Rows that one silo may state, see manifest.limits.maxRows. */
  readonly maxSamples: number
  /** See maxUpdateBytes. */
  readonly maxUpdateBytes: number
}

/** What a silo said of its update. */
export type AnnouncedUpdate = {
  readonly silo: SiloName
  readonly update: BlobRef
  readonly samples: number
  readonly trainMs: number
  readonly lossMicros: number
}

/** Where one silo's update stands; `tries` counts the announcements that led to a fetch. */
export type UpdateEntry =
  | {
      readonly state: 'fetching' | 'accepted'
      readonly announced: AnnouncedUpdate
      readonly tries: number
    }
  | {
      readonly state: 'refused'
      readonly announced: AnnouncedUpdate
      readonly tries: number
      readonly code: RefusalCode
    }

/**
 * collecting: before the deadline; draining: after it, or when enough came and patience is over, announced updates are still being
 * fetched; aggregating and void are final.
 */
export type RoundPhase = 'collecting' | 'draining' | 'aggregating' | 'void'

/** One round as the aggregator sees it: plain data, changed only by stepRound. */
export type RoundState = {
  readonly plan: RoundPlan
  readonly phase: RoundPhase
  /** Whether updates have had the time that they usually take; from then on enough of them suffice. */
  readonly isPatienceOver: boolean
  readonly updates: ReadonlyMap<SiloName, UpdateEntry>
}

/** How often one silo may have an update fetched in one round. */
export const MAX_UPDATE_TRIES = 3

/** A round that opens, or opens again after a restart with the updates that the journal holds as accepted. */
export function openRound(plan: RoundPlan, accepted: readonly AnnouncedUpdate[] = []): RoundState {
  const updates = new Map<SiloName, UpdateEntry>()
  for (const announced of accepted) {
    updates.set(announced.silo, { state: 'accepted', announced, tries: 1 })
  }
  return { plan, phase: 'collecting', isPatienceOver: false, updates }
}

/** Accepted updates in ascending order of silo names, the order in which they are averaged. */
export function acceptedUpdates(state: RoundState): readonly AnnouncedUpdate[] {
  return [...state.updates.values()]
    .filter((entry) => entry.state === 'accepted')
    .map(({ announced }) => announced)
    .sort((a, b) => (a.silo < b.silo ? -1 : 1))
}

/** Whether enough updates were accepted to aggregate. */
export function mayAggregate(state: RoundState): boolean {
  return acceptedUpdates(state).length >= state.plan.minSilos
}

/** Whether so many updates were accepted that stragglers need not be waited for. */
export function hasTarget(state: RoundState): boolean {
  const { minSilos, targetSilos } = state.plan
  return acceptedUpdates(state).length >= Math.max(minSilos, targetSilos)
}

/** Whether nothing better can come: the update of everybody who takes part is accepted, or refused for good. */
export function isRoundComplete(state: RoundState): boolean {
  const { drawn, members } = state.plan
  return [...(drawn ?? members.keys())].every((silo) => isSettled(state.updates.get(silo)))
}

function isSettled(entry: UpdateEntry | undefined): boolean {
  if (entry === undefined || entry.state === 'fetching') return false
  // A blob that could not be fetched may come with the next announcement; other refusals stand.
  const mayRetry = entry.state === 'refused' && entry.code === 'UNAVAILABLE'
  return !mayRetry || entry.tries >= MAX_UPDATE_TRIES
}
