import { type Fault, printable } from '@fednode/protocol'
import type { AbiParameterToPrimitiveType } from 'viem'
import { formatAmount } from './amounts.ts'
import type { FamilyErrorName, FamilyErrorNamed } from './family-errors.ts'

type InputOf<N extends FamilyErrorName> = FamilyErrorNamed<N>['inputs'][number]

/** Arguments of a custom error by name. */
export type RevertValues<N extends FamilyErrorName> = {
  readonly [I in InputOf<N> as I['name']]: AbiParameterToPrimitiveType<I>
}

/** What a custom error means to the one who caused it. */
export type RevertSentence<N extends FamilyErrorName> = {
  readonly say: (values: RevertValues<N>) => string
  /** Who has to act; 'chain' when left out. */
  readonly fault?: Fault
  readonly hint?: string
}

const MAX_SHOWN_TEXT = 60
const PHASE_WORDS = [
  'clients register',
  'a round is open',
  'a round waits to be settled',
  'the federation is closed',
]

/** A sentence for every custom error of the family; the type makes a missing one a compile error. */
export const REVERT_SENTENCES: { readonly [N in FamilyErrorName]: RevertSentence<N> } = {
  NotOwner: {
    say: (v) => `${v.caller} does not own this currency and cannot mint it`,
    fault: 'refused',
  },
  NotFederator: {
    say: (v) => `${v.caller} is not the federator of this federation`,
    fault: 'refused',
  },
  NotScenario: { say: (v) => `only the Scenario may do this, not ${v.caller}`, fault: 'refused' },
  NotPool: { say: (v) => `only the pool may do this, not ${v.caller}`, fault: 'refused' },
  NotClientToken: {
    say: (v) => `only the token of client ${v.index} may do this, not ${v.caller}`,
    fault: 'refused',
  },
  NotAClone: {
    say: () => 'this address is the implementation behind the federations, not one of them',
    fault: 'usage',
  },
  AlreadyInitialized: { say: () => 'the contract was set up before' },
  Locked: {
    say: () => 'the federation is in the middle of another call',
    hint: 'Try again in the next block.',
  },

  InvalidParam: {
    say: (v) => `the federation's parameter ${quoted(v.field)} is out of range`,
    fault: 'usage',
  },
  ManifestSize: {
    say: (v) => `the manifest has ${v.size} bytes; 1 to ${v.max} are allowed`,
    fault: 'usage',
  },
  EndpointTooLong: {
    say: (v) => `the endpoint has ${v.size} bytes; at most ${v.max} are allowed`,
    fault: 'usage',
  },
  UnknownScenario: { say: (v) => `there is no federation with the number ${v.id}`, fault: 'usage' },

  NotAllowed: {
    say: (v) => `${v.account} may not register: the federator has not allowed it`,
    fault: 'refused',
    hint: 'Ask the federator to allow this account.',
  },
  RegistrationOver: {
    say: (v) => `registration ended at ${when(v.deadline)}`,
    fault: 'refused',
  },
  RegistrationFull: {
    say: (v) => `the federation has all ${v.maxClients} clients that it may have`,
    fault: 'refused',
  },
  RegistrationRunning: {
    say: (v) => `registration runs until ${when(v.deadline)}; before, only the federator closes it`,
    fault: 'refused',
  },
  TooFewClients: {
    say: (v) => `${v.clients} of at least ${v.minClients} clients are registered`,
    hint: 'Wait for more, or for the deadline.',
  },
  NameInvalid: {
    say: (v) => `the name ${quoted(v.name)} is not 1 to 40 characters of a-z, 0-9 and "-"`,
    fault: 'usage',
  },
  NameTaken: { say: (v) => `another client is called ${quoted(v.name)}`, fault: 'usage' },
  AlreadyRegistered: {
    say: (v) => `${v.controller} has registered a client before`,
    fault: 'usage',
  },
  PeerKeyInvalid: { say: () => 'the peer key is zero', fault: 'usage' },
  PeerKeyTaken: {
    say: (v) => `the peer key ${v.peerKey} belongs to another member`,
    fault: 'usage',
    hint: 'Every member needs a key of its own:  fednode init.',
  },
  BindingLength: {
    say: (v) => `the peer key's signature has ${v.length} bytes, not 64`,
    fault: 'usage',
  },
  UnknownClient: { say: (v) => `there is no client number ${v.index}`, fault: 'usage' },

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
    say: (v) =>
      `the currency delivered ${formatAmount(v.received)} instead of ${formatAmount(v.expected)}`,
    hint: 'A currency that takes a fee on transfers cannot be used.',
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
    hint: 'fednode aggregator finalize  goes on with it.',
  },
  RoundNotTimedOut: {
    say: (v) => `until ${when(v.until)} only the federator may void an open round`,
  },
  NothingToReturn: { say: () => 'nothing is unspent' },

  PoolNotClaimable: {
    say: () => "the pool's rewards go to its liquidity providers, not to the pool",
    fault: 'usage',
  },
  InvalidRecipient: { say: (v) => `${v.to} cannot receive this`, fault: 'usage' },

  NoMarket: { say: () => 'this federation has no market', fault: 'usage' },
  MarketOpen: { say: () => 'the market is open already' },
  MarketNotOpen: {
    say: () => 'the market is not open yet',
    hint: 'fednode market open  brings the seed currency.',
  },
  UnknownToken: { say: (v) => `the pool does not hold token ${v.token}`, fault: 'usage' },
  SameToken: { say: (v) => `token ${v.token} cannot be swapped for itself`, fault: 'usage' },
  DeadlinePassed: {
    say: (v) => `the trade was not mined by its deadline, ${when(v.deadline)}`,
    hint: 'Ask for a new quote.',
  },
  AmountTooSmall: {
    say: (v) => `the pool does not trade ${v.amount} wei; at least ${v.min} wei`,
    fault: 'usage',
  },
  AmountAboveLimit: {
    say: (v) =>
      `one trade moves at most ${formatAmount(v.max)} of this token (30 % of the pool's), not ${formatAmount(v.amount)}`,
    fault: 'usage',
    hint: 'Trade in several steps.',
  },
  BalanceBelowFloor: {
    say: (v) =>
      `the pool would have ${formatAmount(v.balance)} of token ${v.token}; it keeps at least ${formatAmount(v.floor)}`,
  },
  OutBelowMin: {
    say: (v) =>
      `the trade would give ${formatAmount(v.out)}, less than the ${formatAmount(v.min)} that you accept`,
    hint: 'The price has moved: ask for a new quote.',
  },
  InAboveMax: {
    say: (v) =>
      `the trade would take ${formatAmount(v.amount)}, more than the ${formatAmount(v.max)} that you accept`,
    hint: 'The price has moved: ask for a new quote.',
  },
  LengthMismatch: {
    say: (v) => `${v.length} limits were given for the pool's ${v.expected} tokens`,
    fault: 'usage',
  },

  AllowanceOverflow: { say: () => 'the allowance would become too large' },
  AllowanceUnderflow: { say: () => 'the allowance would fall below zero' },
  InsufficientAllowance: { say: () => 'the owner has not approved that many tokens' },
  InsufficientBalance: {
    say: () => 'the owner does not have that many tokens',
    fault: 'usage',
    hint: 'fednode market portfolio  shows what you hold.',
  },
  InvalidPermit: {
    say: () => 'the permit is not signed by the owner of the tokens',
    fault: 'usage',
  },
  Permit2AllowanceIsFixedAtInfinity: { say: () => 'the allowance of Permit2 cannot be changed' },
  PermitExpired: { say: () => 'the permit has expired' },
  TotalSupplyOverflow: { say: () => 'the supply would become too large' },
}

// A contract that is not ours may revert with any text (T23).
function quoted(text: string): string {
  return JSON.stringify(printable(text, MAX_SHOWN_TEXT))
}

function when(unixSeconds: bigint): string {
  // Years beyond this are no dates; a contract may hold any number.
  const LATEST = 253_402_300_799n
  if (unixSeconds > LATEST) return `Unix time ${unixSeconds}`
  return new Date(Number(unixSeconds) * 1000).toISOString().replace('.000Z', 'Z')
}
