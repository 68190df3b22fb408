import { type Address, getContractAddress } from 'viem'
import type { MarketState } from './market-state.ts'

/** Address of the token of client `index`: a Scenario creates nothing but its tokens, in index order, from nonce 1 on. */
export function tokenAddress(scenario: Address, index: number): Address {
  return getContractAddress({ from: scenario, nonce: BigInt(index + 1) })
}

/** Prepares for the token of client `index`. */
export function expectToken({ terms, tokenIndexes }: MarketState, index: number): void {
  tokenIndexes.set(tokenAddress(terms.scenario, index).toLowerCase(), index)
}
