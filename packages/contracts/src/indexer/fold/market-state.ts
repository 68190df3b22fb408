import { type Address, type Hex, zeroAddress, zeroHash } from 'viem'
import type { ScenarioPhase } from '../../types.ts'
import type { MarketTerms } from '../market-terms.ts'

/** Tokens of an account, and what makes up for every move at another accumulator, scaled by 2^64. */
export type Holding = { balance: bigint; correction: bigint }

/** Holdings by checksummed address. */
export type Holdings = Map<Address, Holding>

/** One client token and its stream; accumulators and rates per token wei, scaled by 2^64. */
export type ClientLedger = {
  token: Address
  controller: Address
  name: string
  /** wei; clients of a larger issuance weight have more. */
  supply: bigint
  /** Accumulator at the start of the running stream. */
  base: bigint
  /** Per second. */
  rate: bigint
  readonly holdings: Holdings
}

/** When streams run; Unix seconds and seconds. */
export type StreamClock = {
  /** 0 before the first stream. */
  start: bigint
  window: bigint
  /** While a round is settled in pages: seconds that the streams before had run, and the next client to be settled. */
  settling: boolean
  stopped: bigint
  cursor: number
}

/** Where the round machine is; wei and Unix seconds. */
export type RoundMachine = {
  phase: ScenarioPhase
  /** Counts from 1; 0 while registering. */
  round: number
  startedAt: bigint
  finalizableAt: bigint
  /** Clients of the present round's vector. */
  activeClients: number
  /** What earlier rounds left for this one. */
  carried: bigint
  readonly pots: Map<number, bigint>
  /** Of the pages of a round in settlement. */
  settled: { rewarded: bigint; carried: bigint }
}

/** An assertion and its dispute; wei and Unix seconds. All zero between assertions. */
export type AssertionState = {
  sharesHash: Hex
  bond: bigint
  disputer: Address
  disputeBond: bigint
  resolvableAt: bigint
}

/** Bonds; wei. */
export type BondBook = {
  /** Staked or free to be withdrawn, of all accounts together. */
  held: bigint
  readonly credits: Map<Address, bigint>
  assertion: AssertionState
  /** Assertions of the present round that were struck down. */
  attempt: number
}

/** What stands between assertions. */
export const NO_ASSERTION: Readonly<AssertionState> = {
  sharesHash: zeroHash,
  bond: 0n,
  disputer: zeroAddress,
  disputeBond: 0n,
  resolvableAt: 0n,
}

/** One token of the pool. */
export type ReserveState = { token: Address; balance: bigint; weight: bigint; delisted: boolean }

/** LP shares; accumulator and corrections scaled by 2^64. */
export type LpLedger = {
  supply: bigint
  acc: bigint
  /** Part of what the pool ever earned that `acc` contains, in wei. */
  credited: bigint
  /** What the last division by the supply left, scaled. */
  remainder: bigint
  /** Drawn from the Scenario and not paid to an LP, in wei. */
  held: bigint
  readonly holdings: Holdings
}

/** Everything that a federation's events say, up to one event; wei. */
export type MarketState = {
  readonly terms: MarketTerms
  readonly clients: ClientLedger[]
  /** Index by lower-case address, the next client's included: its tokens are handed out before it is announced. */
  readonly tokenIndexes: Map<string, number>
  readonly clock: StreamClock
  /** A and B of CONTRACTS.md 2.4: all that the pool's client tokens earn is A + B * elapsed, scaled by 2^64. */
  readonly poolStream: { base: bigint; rate: bigint }
  /** Promised to streams in wei, and the scaled remainder below one wei. */
  readonly promised: { total: bigint; dust: bigint }
  readonly machine: RoundMachine
  readonly paid: { deposited: bigint; claimed: bigint; returned: bigint; poolDrawn: bigint }
  readonly bonds: BondBook
  /** Currency first, then client tokens in index order; empty until the market is open. */
  readonly reserves: ReserveState[]
  readonly lp: LpLedger
  /** Unix seconds. */
  pausedUntil: bigint
}

/** A federation before its first event. */
export function emptyMarket(terms: MarketTerms): MarketState {
  return {
    terms,
    clients: [],
    tokenIndexes: new Map(),
    clock: { start: 0n, window: 0n, settling: false, stopped: 0n, cursor: 0 },
    poolStream: { base: 0n, rate: 0n },
    promised: { total: 0n, dust: 0n },
    machine: {
      phase: 'registering',
      round: 0,
      startedAt: 0n,
      finalizableAt: 0n,
      activeClients: 0,
      carried: 0n,
      pots: new Map(),
      settled: { rewarded: 0n, carried: 0n },
    },
    paid: { deposited: 0n, claimed: 0n, returned: 0n, poolDrawn: 0n },
    bonds: { held: 0n, credits: new Map(), assertion: { ...NO_ASSERTION }, attempt: 0 },
    reserves: [],
    lp: { supply: 0n, acc: 0n, credited: 0n, remainder: 0n, held: 0n, holdings: new Map() },
    pausedUntil: 0n,
  }
}
