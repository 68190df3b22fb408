import { formatAmount } from '../../amounts.ts'
import { type RevertSentences, when } from '../../revert-sentence.ts'

const BOUNTY_STATES = ['is not there', 'is open', 'was awarded', 'was refunded']

/** The model market, its bounties, the list of top models, and rewards that are computed off the chain. */
export const MODEL_SENTENCES = {
  DigestZero: { say: () => 'the digest is zero', fault: 'usage' },
  UnknownListing: {
    say: (v) => `there is no listing ${v.listing}`,
    fault: 'usage',
    hint: 'fednode models list  shows them.',
  },
  NotListingOwner: { say: (v) => `only ${v.owner} changes this listing`, fault: 'refused' },
  SplitTooLarge: {
    say: (v) => `the shares of Scenario and DAO come to ${v.bps} of ${v.max} ten-thousandths`,
    fault: 'usage',
  },
  ForeignCurrency: {
    say: (v) => `the Scenario counts in ${v.scenarioCurrency}, which the market does not take`,
    fault: 'usage',
  },
  ParamOutOfRange: {
    say: (v) => `${v.param} is ${v.min} to ${v.max}, not ${v.value}`,
    fault: 'usage',
  },
  VoucherExpired: {
    say: (v) => `vouchers of epoch ${v.epoch} were redeemed until ${when(v.until)}`,
    fault: 'refused',
  },
  VoucherTooEarly: { say: (v) => `epoch ${v.epoch} begins at ${when(v.from)}`, fault: 'refused' },
  VoucherStale: {
    say: (v) =>
      `the voucher says ${formatAmount(v.amount)} FDN; ${formatAmount(v.redeemed)} FDN were redeemed before`,
    fault: 'refused',
  },
  VoucherUsesFell: {
    say: (v) => `the voucher counts ${v.uses} uses; one of ${v.redeemed} was redeemed before`,
    fault: 'refused',
  },
  VoucherSignatureInvalid: {
    say: (v) => `${v.buyer} did not sign this voucher`,
    fault: 'refused',
    hint: 'A voucher is for one chain, market, listing and epoch.',
  },
  BuyerBroke: { say: (v) => `the balance of ${v.buyer} is empty`, fault: 'refused' },
  NothingAccrued: { say: (v) => `listing ${v.listing} has no revenue to share out` },
  NoPot: { say: (v) => `no revenue of listing ${v.listing} waits for its Scenario` },
  PotRefused: {
    say: (v) =>
      `the Scenario did not take what it was offered: ${v.left} wei are left of ${v.expected}`,
  },
  ScenarioRunning: {
    say: (v) => `Scenario ${v.scenario} still has a round to come`,
    hint: 'fednode models fund  pays what waits into it.',
  },
  BalanceTooSmall: {
    say: (v) => `the balance is ${formatAmount(v.free)} FDN, not ${formatAmount(v.amount)} FDN`,
    fault: 'usage',
  },
  WithdrawalWaiting: {
    say: (v) => `the withdrawal is paid from ${when(v.from)}`,
    hint: 'Until then vouchers that were signed before can be redeemed.',
  },
  NoWithdrawal: { say: () => 'no withdrawal was announced', fault: 'usage' },
  ScoreOutOfRange: { say: (v) => `a score is 1 to 5, not ${v.score}`, fault: 'usage' },
  NotABuyer: {
    say: (v) => `${v.account} paid nothing for listing ${v.listing} in epoch ${v.epoch}`,
    fault: 'refused',
  },
  AlreadyRated: {
    say: (v) => `listing ${v.listing} was rated for epoch ${v.epoch} before`,
    fault: 'usage',
  },
  UnknownBounty: {
    say: (v) => `there is no bounty ${v.bounty}`,
    fault: 'usage',
    hint: 'fednode bounty list  shows them.',
  },
  UnknownBountyProposal: {
    say: (v) => `bounty ${v.bounty} has no proposal ${v.index}`,
    fault: 'usage',
    hint: 'fednode bounty list  shows them.',
  },
  BountyEnded: {
    say: (v) => `bounty ${v.bounty} ${BOUNTY_STATES[v.state] ?? `is in state ${v.state}`}`,
  },
  BountyTooLate: { say: (v) => `the time of bounty ${v.bounty} was over at ${when(v.until)}` },
  BountyTooEarly: { say: (v) => `bounty ${v.bounty} goes back from ${when(v.from)}` },
  BountyFull: { say: (v) => `bounty ${v.bounty} has all of its ${v.max} proposals` },
  NotSponsor: { say: (v) => `only ${v.sponsor} awards this bounty`, fault: 'refused' },
  TopListTooLong: {
    say: (v) => `a list has at most ${v.max} models, not ${v.length}`,
    fault: 'usage',
  },
  TopModelTwice: { say: (v) => `model ${v.model} stands in the list twice`, fault: 'usage' },
  RootZero: { say: () => 'a root, and the digest of its data, is not zero', fault: 'usage' },
  RootPending: {
    say: (v) => `root ${v.epoch} waits already`,
    hint: 'After its delay  fednode rewards activate  lets it count; before, the guardian may revoke it.',
  },
  NoRootPending: { say: () => 'no root waits' },
  RootWaiting: { say: (v) => `root ${v.epoch} waits until ${when(v.from)}` },
  ChallengeTooLate: { say: (v) => `root ${v.epoch} could be challenged until ${when(v.from)}` },
  AlreadyChallenged: { say: (v) => `root ${v.epoch} was challenged before` },
  RootTotal: {
    say: (v) =>
      `a root gives ${formatAmount(v.min)} to ${formatAmount(v.max)} FDN, not ${formatAmount(v.total)} FDN`,
    fault: 'usage',
    hint: 'Amounts are what everybody has earned so far;  fednode rewards fund  adds to what a root may give.',
  },
  LeafUnknown: {
    say: (v) => `root ${v.epoch} does not give ${formatAmount(v.amount)} FDN to ${v.account}`,
    fault: 'refused',
    hint: 'A proof is for one root: make it anew from the data of the present one.',
  },
  NothingToClaim: { say: (v) => `${v.account} was paid all of its ${formatAmount(v.paid)} FDN` },
  RootOverspent: {
    say: (v) =>
      `this claim is of ${formatAmount(v.amount)} tokens, and only ${formatAmount(v.left)} of the root's total are left`,
    fault: 'refused',
  },
  RewardParamOutOfRange: {
    say: (v) => `${v.param} is ${v.min} to ${v.max}, not ${v.value}`,
    fault: 'usage',
  },
  GiftOver: { say: (v) => `gift ${v.gift} was there until ${when(v.until)}` },
  GiftLeafUnknown: {
    say: (v) => `gift ${v.gift} has no ${formatAmount(v.amount)} tokens for ${v.account}`,
    fault: 'refused',
  },
  GiftTakenBefore: { say: (v) => `${v.account} has taken its part of gift ${v.gift}` },
} satisfies Partial<RevertSentences>
