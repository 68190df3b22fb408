import { formatAmount } from '../amounts.ts'
import { type RevertSentences, when } from '../revert-sentence.ts'

const PHASE_WORDS = [
  'clients register',
  'a round is open',
  'a round waits to be settled',
  'the shares of a round are in dispute',
  'the federation is closed',
]

/** Rounds, their money, their disputes, and claims. */
export const ROUND_SENTENCES = {
  WrongPhase: {
    say: (v) => `this is not possible now: ${PHASE_WORDS[v.phase] ?? `phase ${v.phase}`}`,
  },
  WrongRound: {
    say: (v) => `round ${v.given} is not possible now; the present round is ${v.current}`,
  },
  AmountZero: { say: () => 'the amount is zero', fault: 'usage' },
  DepositAboveLimit: {
    say: (v) =>
      `the deposits would come to ${formatAmount(v.total)}; at most ${formatAmount(v.max)} are allowed`,
    fault: 'usage',
  },
  UnderReceived: {
    // Of a currency or of a wrapped asset, whose decimals are not known here.
    say: (v) => `the token delivered ${v.received} of ${v.expected} of its smallest units`,
    hint: 'A token that takes a fee on transfers cannot be used.',
  },
  SharesHashInvalid: { say: () => 'the hash of the shares is zero', fault: 'usage' },
  ChallengeWindowRunning: { say: (v) => `the challenge window runs until ${when(v.until)}` },
  SharesLength: {
    say: (v) => `${v.length} shares were given for ${v.clients} clients`,
    fault: 'usage',
  },
  SharesMismatch: {
    say: (v) => `the shares hash to ${v.given}, but ${v.anchored} is anchored`,
    fault: 'usage',
  },
  PageEmpty: { say: () => 'a page of a settlement has at least one client', fault: 'usage' },
  SettlementRunning: {
    say: (v) => `round ${v.round} is being settled and can only be finalized`,
    hint: 'Its aggregator goes on with it:  fednode aggregator run.',
  },
  RoundNotTimedOut: {
    say: (v) => `until ${when(v.until)} only the federator may void an open round`,
  },
  PotBelowSchedule: {
    say: (v) =>
      `the round holds ${formatAmount(v.pot)}; its schedule asks for ${formatAmount(v.scheduled)}`,
    hint: 'Fund the round first.',
  },
  NoDisputes: {
    say: () => 'nobody can dispute in this federation: it was made without bonds',
    fault: 'usage',
  },
  DisputeTooLate: {
    say: (v) => `outcomes of this round could be disputed until ${when(v.until)}`,
    fault: 'refused',
  },
  EvidenceWindowRunning: {
    say: (v) => `both sides have until ${when(v.until)} to give evidence`,
    hint: 'Decide after that.',
  },
  NoBondCredit: { say: (v) => `${v.account} has no bond to take out here` },
  AttestersInvalid: {
    say: (v) =>
      `${v.attesters} attesters of whom ${v.threshold} decide is no set: 1 to ${v.max} different ones, and more than half of them`,
    fault: 'usage',
  },
  UnknownAttester: { say: (v) => `${v.account} is not an attester here`, fault: 'usage' },
  SignersUnsorted: {
    say: (v) => `the verdict of ${v.signer} is there twice, or out of order`,
    fault: 'usage',
  },
  TooFewVerdicts: {
    say: (v) => `${v.verdicts} verdicts were given; it takes ${v.threshold}`,
    fault: 'usage',
    hint: 'Collect the signatures of more attesters.',
  },
  SignatureInvalid: {
    say: (v) => `${v.signer} has not signed this verdict for what is anchored now`,
    fault: 'usage',
    hint: 'Ask for a new signature: a verdict serves one assertion only.',
  },
  NotInDispute: {
    say: (v) => `round ${v.round} is not in dispute, so there is nothing to decide`,
  },
  NothingToReturn: { say: () => 'nothing is unspent' },

  PoolNotClaimable: {
    say: () => "the pool's rewards go to its liquidity providers, not to the pool",
    fault: 'usage',
  },
  InvalidRecipient: { say: (v) => `${v.to} cannot receive this`, fault: 'usage' },
} satisfies Partial<RevertSentences>
