import type { Address } from 'viem'
import { inconsistent } from '../index-error.ts'
import type { Holding, Holdings } from './market-state.ts'

/** The holding of an account; a new one when it never had any. */
export function holdingOf(holdings: Holdings, holder: Address): Holding {
  const known = holdings.get(holder)
  if (known !== undefined) return known
  const fresh = { balance: 0n, correction: 0n }
  holdings.set(holder, fresh)
  return fresh
}

/**
 * Takes tokens from an account at an accumulator: what they earned until then stays its own.
 * @throws {IndexError} EVENTS_INCONSISTENT when it has fewer.
 */
export function takeTokens(holding: Holding, amount: bigint, acc: bigint): void {
  if (holding.balance < amount) {
    throw inconsistent(`${amount} wei of tokens leave an account that holds ${holding.balance}`)
  }
  holding.balance -= amount
  holding.correction += acc * amount
}

/** Gives tokens to an account at an accumulator: it gets nothing of what they earned before. */
export function giveTokens(holding: Holding, amount: bigint, acc: bigint): void {
  holding.balance += amount
  holding.correction -= acc * amount
}
