import type { Address, Hex } from 'viem'

/** One event as the chain gave it. */
export type MarketLog = {
  readonly block: number
  readonly logIndex: number
  readonly transaction: Hex
  readonly address: Address
  readonly topics: readonly Hex[]
  readonly data: Hex
}
