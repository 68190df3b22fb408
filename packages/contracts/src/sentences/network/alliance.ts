import { ALLIANCE_PHASES } from '../../alliance-phase.ts'
import { formatAmount } from '../../amounts.ts'
import { type RevertSentences, when } from '../../revert-sentence.ts'

const DOING: Readonly<Record<string, string>> = {
  none: 'does not exist',
  idle: 'rests between two rounds',
  drawing: 'waits for the beacon to draw its roles',
  contributing: 'takes contributions',
  committing: 'takes commitments to votes',
  revealing: 'takes votes that are revealed',
  finished: 'is over',
}

function doing(phase: number): string {
  return DOING[ALLIANCE_PHASES[phase] ?? ''] ?? `is in phase ${phase}`
}

/** Alliances and their ballots. */
export const ALLIANCE_SENTENCES = {
  UnknownAlliance: {
    say: (v) => `there is no alliance ${v.id}`,
    fault: 'usage',
    hint: 'fednode alliance list  shows them.',
  },
  AllianceInPhase: {
    say: (v) => `this is not possible now: alliance ${v.id} ${doing(v.phase)}`,
    fault: 'refused',
  },
  AllianceFinished: { say: (v) => `alliance ${v.id} is over`, fault: 'refused' },
  AllianceRunning: { say: (v) => `alliance ${v.id} is not over yet`, fault: 'refused' },
  PhaseRunning: {
    say: (v) =>
      `the alliance ${doing(v.phase)} until ${when(v.until)}, or until everybody has come`,
  },
  PhaseOver: {
    say: (v) => `too late: the alliance did so (it ${doing(v.phase)}) until ${when(v.until)}`,
    fault: 'refused',
  },
  TooFewParticipants: {
    say: (v) => `${v.participants} take part; the alliance opens a round with ${v.min}`,
  },
  AllianceFull: {
    say: (v) => `the alliance has all of its ${v.max} participants`,
    fault: 'refused',
  },
  AlreadyParticipates: {
    say: (v) => `${v.account} takes part in this alliance already`,
    fault: 'refused',
  },
  NotAParticipant: { say: (v) => `${v.account} takes no part in this alliance`, fault: 'refused' },
  StakeBelowMinimum: {
    say: (v) =>
      `${v.account} has ${formatAmount(v.stake)} FDN staked in this alliance; it takes ${formatAmount(v.min)} FDN`,
    fault: 'refused',
    hint: 'Add to it:  fednode stake add AMOUNT --role alliance --task alliance:…',
  },
  NotProposer: {
    say: (v) => `${v.account} is not the proposer of seat ${v.seat} in this round`,
    fault: 'refused',
  },
  AlreadyContributed: {
    say: (v) => `the proposer of seat ${v.seat} has contributed to this round`,
    fault: 'refused',
  },
  AllianceDigestZero: { say: () => 'the digest of a contribution is zero', fault: 'usage' },
  VoteInvalid: {
    say: () => 'a vote has a digest, a score of +1 or -1, and approves of contributions that came',
    fault: 'usage',
  },
  PoolBelowMinimum: {
    say: (v) =>
      `an alliance starts with a pool of at least ${formatAmount(v.min)} FDN, not ${formatAmount(v.amount)} FDN`,
    fault: 'usage',
  },
  NothingOwed: {
    say: (v) => `alliance ${v.id} owes nothing to ${v.account}`,
    fault: 'refused',
  },
  NoEmission: { say: () => 'no emission goes to alliances' },
  TooManyCandidates: {
    say: (v) => `at most ${v.max} candidates are drawn from, not ${v.candidates}`,
  },
  BallotFull: { say: (v) => `the ballot has all of its ${v.max} seats` },
  BallotInvalid: { say: (v) => `a ballot has 1 to ${v.max} items, not ${v.items}`, fault: 'usage' },
  NotSeated: {
    say: (v) => `${v.account} is not the voter of seat ${v.seat} in this round`,
    fault: 'refused',
  },
  AlreadyCommitted: {
    say: (v) => `the voter of seat ${v.seat} has committed in this round`,
    fault: 'refused',
  },
  CommitmentZero: { say: () => 'a commitment is zero', fault: 'usage' },
  AlreadyRevealed: {
    say: (v) => `the voter of seat ${v.seat} has revealed its vote`,
    fault: 'refused',
  },
  CommitmentMismatch: {
    say: () => 'what is revealed is not what was committed to',
    fault: 'usage',
    hint: 'Vote and salt are those that were kept when it was committed to.',
  },
  ScoresLength: { say: (v) => `${v.items} scores are due, not ${v.length}`, fault: 'usage' },
  NothingToTally: { say: (v) => `nothing is left to count after ${v.tallied} items` },
  NotTallied: { say: (v) => `item ${v.item} was not counted yet` },
} satisfies Partial<RevertSentences>
