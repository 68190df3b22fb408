import { type Address, getAddress, type Hex } from 'viem'
import { clientPrices } from '../pool-prices.ts'
import type { ScenarioPhase } from '../types.ts'
import { accumulatorAt, entitled, lpAccumulatorAt, poolEarnedAt } from './fold/accumulators.ts'
import type { Holding, Holdings, MarketState } from './fold/market-state.ts'
import { IndexError } from './index-error.ts'
import { type IndexedLedger, ledgerAt } from './ledger-at.ts'

/** One token of the pool. */
export type IndexedReserve = {
  readonly token: Address
  /** wei */
  readonly balance: bigint
  /** 1e18 = 100 % */
  readonly weight: bigint
  readonly delisted: boolean
}

/** One client with its token; `supply` in wei. */
export type IndexedClient = {
  readonly token: Address
  readonly controller: Address
  readonly name: string
  readonly supply: bigint
}

/** An assertion and its dispute, in wei and Unix seconds; all zero between assertions. */
export type IndexedAssertion = {
  readonly sharesHash: Hex
  readonly bond: bigint
  /** Zero address without a dispute. */
  readonly disputer: Address
  readonly disputeBond: bigint
  readonly resolvableAt: bigint
  /** Assertions of the round that were struck down before. */
  readonly attempt: number
}

/** What a federation's events say of it at one block, asked at one time; amounts in wei. */
export type MarketView = {
  /** Last block that is taken into account. */
  readonly block: number
  /** Unix seconds for which what is owed is computed: that block's unless another was asked for. */
  readonly time: bigint
  readonly phase: ScenarioPhase
  /** Counts from 1; 0 while clients register. */
  readonly round: number
  /** Clients that take part in the present round: the length of its vector of shares. */
  readonly activeClients: number
  /** Unix seconds; 0 when there is no such moment. */
  readonly roundStartedAt: bigint
  readonly finalizableAt: bigint
  readonly streamEndsAt: bigint
  readonly assertion: IndexedAssertion
  /** Unix seconds until which market and new rounds are paused; in the past when they are not. */
  readonly pausedUntil: bigint
  readonly clients: readonly IndexedClient[]
  /** Currency first, then client tokens in index order; empty until the market is open. */
  readonly reserves: readonly IndexedReserve[]
  readonly lpSupply: bigint
  /** Accounts that ever held tokens of a client. */
  holders(index: number): readonly Address[]
  balance(index: number, holder: Address): bigint
  /** Signed, scaled by 2^64: with the accumulator it makes the entitlement (IClientToken.accountOf). */
  correction(index: number, holder: Address): bigint
  owed(index: number, holder: Address): bigint
  lpHolders(): readonly Address[]
  lpBalance(holder: Address): bigint
  lpOwed(holder: Address): bigint
  /** What the pool's tokens have earned and the pool has not drawn. */
  poolOwed(): bigint
  /** Drawn from the Scenario for LPs and not paid to them. */
  dividendsHeld(): bigint
  ledger(): IndexedLedger
  /** Pot of a round that is not settled; the present one's with what was carried to it. */
  pot(round: number): bigint
  bondCredit(account: Address): bigint
  /** Currency wei per whole token, in client order. */
  prices(): readonly bigint[]
}

const NOTHING: Holding = { balance: 0n, correction: 0n }

/** Reads a state without changing it. @param at - `time` not before the block's. */
export function viewMarket(
  state: MarketState,
  at: { readonly block: number; readonly time: bigint },
): MarketView {
  const { machine, reserves, lp, paid } = state
  const { time } = at
  const client = (index: number): Holdings => clientOf(state, index).holdings
  return {
    ...at,
    phase: machine.phase,
    round: machine.round,
    activeClients: machine.activeClients,
    roundStartedAt: machine.startedAt,
    finalizableAt: machine.finalizableAt,
    streamEndsAt: streamEndOf(state),
    assertion: assertionOf(state),
    pausedUntil: state.pausedUntil,
    clients: state.clients.map(({ token, controller, name, supply }) => ({
      token,
      controller,
      name,
      supply,
    })),
    reserves: reserves.map((reserve) => ({ ...reserve })),
    lpSupply: lp.supply,
    holders: (index) => [...client(index).keys()],
    balance: (index, holder) => heldBy(client(index), holder).balance,
    correction: (index, holder) => heldBy(client(index), holder).correction,
    owed: (index, holder) =>
      entitled(accumulatorAt(state, index, time), heldBy(client(index), holder)),
    lpHolders: () => [...lp.holdings.keys()],
    lpBalance: (holder) => heldBy(lp.holdings, holder).balance,
    lpOwed: (holder) => entitled(lpAccumulatorAt(state, time).acc, heldBy(lp.holdings, holder)),
    poolOwed: () => poolEarnedAt(state, time) - paid.poolDrawn,
    dividendsHeld: () => lp.held,
    ledger: () => ledgerAt(state, time),
    pot: (round) => potOf(state, round),
    bondCredit: (account) => state.bonds.credits.get(getAddress(account)) ?? 0n,
    prices: () =>
      clientPrices({
        balances: reserves.map(({ balance }) => balance),
        weights: reserves.map(({ weight }) => weight),
      }),
  }
}

function heldBy(holdings: Holdings, holder: Address): Holding {
  return holdings.get(getAddress(holder)) ?? NOTHING
}

function clientOf(state: MarketState, index: number): MarketState['clients'][number] {
  const client = state.clients[index]
  if (client !== undefined) return client
  throw new IndexError('NOT_INDEXED', `no client ${index} registered up to here`)
}

function streamEndOf({ clock }: MarketState): bigint {
  return clock.settling || clock.start === 0n ? 0n : clock.start + clock.window
}

function assertionOf({ machine, bonds }: MarketState): IndexedAssertion {
  const stands = machine.phase === 'asserted' || machine.phase === 'disputed'
  return { ...bonds.assertion, attempt: stands ? bonds.attempt : 0 }
}

function potOf({ machine }: MarketState, round: number): bigint {
  const { phase, round: current, pots, carried, settled } = machine
  if (phase === 'closed' || round < current) return 0n
  const pot = pots.get(round) ?? 0n
  if (round > current || current === 0) return pot
  return pot + carried + settled.carried - settled.rewarded
}
