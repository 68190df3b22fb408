/** IAlliance's AlliancePhase, in its order. */
export const ALLIANCE_PHASES = [
  'none',
  'idle',
  'drawing',
  'contributing',
  'committing',
  'revealing',
  'finished',
] as const

/** Where an alliance is: idle until a round is opened, then from one phase to the next and back. */
export type AlliancePhase = (typeof ALLIANCE_PHASES)[number]

/** IAlliance's Verdict, in its order. */
export const ALLIANCE_VERDICTS = ['undecided', 'accepted', 'rejected'] as const

/** What voters made of a round's aggregate. */
export type AllianceVerdict = (typeof ALLIANCE_VERDICTS)[number]
