import type { RoundRecord } from '@fednode/aggregator'
import type { AttackName } from '@fednode/engine'
import type { ChainManifest, Cid, Round, SiloName } from '@fednode/protocol'
import type { Address, Hex } from 'viem'

/** What one silo brought, was measured at and was paid. Amounts in wei of the currency. */
export type SiloOutcome = {
  readonly name: SiloName
  readonly samples: number
  /** Share of its labels that the example made wrong on purpose, 0 to 1. */
  readonly flippedShare: number
  /** How it attacked on purpose; absent: it was honest. */
  readonly attack?: AttackName
  readonly account: Address
  readonly token: Address
  /** Sum of its values over all rounds. */
  readonly shapley: number
  /** Standard error of that sum; 0 when exact. */
  readonly standardError: number
  /** Part of all rewards that went to its token, 0 to 1. */
  readonly share: number
  /** Currency wei per whole token when the pool opened and at the end; 0 without a pool. */
  readonly priceBefore: bigint
  readonly priceAfter: bigint
  /** What its token earned in all rounds, whoever held it. */
  readonly rewarded: bigint
  /** What it raised by selling its own tokens. */
  readonly raised: bigint
}

/** One swap that the local federation made. */
export type Trade = {
  readonly actor: string
  readonly action: 'buy' | 'sell'
  readonly silo: SiloName
  readonly tokens: bigint
  readonly currency: bigint
  /** Rounds that were known when the trade was made; 0 is before round 1. */
  readonly afterRound: Round
  readonly hash: Hex
  readonly gas: bigint
}

/** Spot prices at one moment, in the order of the silos; currency wei per whole token. */
export type PricePoint = {
  readonly label: string
  readonly prices: readonly bigint[]
  readonly trade?: Trade
}

/** The escrow in wei: deposited = claimed + claimable + carried + returned. A local run never closes its Scenario: returned is 0. */
export type Books = {
  readonly deposited: bigint
  readonly claimed: bigint
  readonly claimable: bigint
  readonly carried: bigint
  readonly returned: bigint
}

/** The investor's account of the run, in wei. */
export type InvestorOutcome = {
  readonly silo: SiloName
  readonly spent: bigint
  readonly bought: bigint
  readonly claimed: bigint
  readonly sold: bigint
  readonly received: bigint
  /** Value at the last spot price of the tokens it still holds. */
  readonly holdingValue: bigint
}

/** The liquidity provider's account of the run, in wei. */
export type ProviderOutcome = {
  readonly provided: bigint
  /** Dividends of the tokens in the pool that its LP shares earned. */
  readonly claimed: bigint
  /** Part of the pool that its LP shares stand for at the end, 0 to 1: at the opening the silos got the rest for their tokens. */
  readonly poolShare: number
  /** Worth of that part at the last spot prices. */
  readonly holdingValue: bigint
}

/** One transaction worth checking on the chain; without `gas` where the round's own row has it. */
export type Receipt = { readonly what: string; readonly hash: Hex; readonly gas?: bigint }

/** Reward that one round streamed to one silo's token, in wei. */
export type RoundReward = {
  readonly round: Round
  readonly silo: SiloName
  readonly amount: bigint
}

/** What every token had earned at one moment of the chain, whether claimed or not; wei in the order of the silos. */
export type StreamPoint = {
  /** Unix seconds. */
  readonly time: bigint
  readonly earned: readonly bigint[]
}

/** Everything that a whole local federation came to: the tables, the JSON document and the report are views of it. */
export type UpResult = {
  readonly manifest: ChainManifest
  readonly manifestCid: Cid
  readonly chainId: number
  readonly orchestrator: Address
  readonly scenario: Address
  readonly weights: number
  readonly rounds: readonly RoundRecord[]
  readonly silos: readonly SiloOutcome[]
  readonly rewards: readonly RoundReward[]
  /** How they streamed: straight lines between these points. */
  readonly streams: readonly StreamPoint[]
  readonly trades: readonly Trade[]
  readonly prices: readonly PricePoint[]
  /** Absent when the manifest opens no market. */
  readonly investor?: InvestorOutcome
  readonly provider?: ProviderOutcome
  readonly books: Books
  readonly receipts: readonly Receipt[]
  /** Seconds from the command's start to its end. */
  readonly seconds: number
}
