import type { AddressText } from '../ids.ts'
import { CLOCK_SKEW_MS, MESSAGE_LIFETIME_MS } from '../limits.ts'
import type { MessageScope, Verdict } from './types.ts'

/** Where and when a receiver is. */
export type ExpectedScope = {
  readonly chainId: number
  readonly scenario: AddressText
  /** The receiver's wall clock, Unix ms. */
  readonly now: number
  /** The highest term seen from the aggregator, or its own; 0 before the first. */
  readonly term: number
}

/** Why a well-formed message does not belong here or now. */
export type ScopeCode =
  | 'SCOPE_WRONG_CHAIN'
  | 'SCOPE_WRONG_SCENARIO'
  | 'SCOPE_OLD_TERM'
  | 'SCOPE_EXPIRED'
  | 'SCOPE_FROM_FUTURE'

/**
 * Whether a message belongs to this Scenario, this term and this time (T3, T14). Another chain or Scenario is the fault of whoever
 * sent it (reject); old, expired or early messages happen to honest peers (ignore).
 */
export function checkScope(message: MessageScope, expected: ExpectedScope): Verdict<ScopeCode> {
  const { chainId, scenario, now, term } = expected
  if (message.chainId !== chainId) return { action: 'reject', code: 'SCOPE_WRONG_CHAIN' }
  if (message.scenario !== scenario.toLowerCase()) {
    return { action: 'reject', code: 'SCOPE_WRONG_SCENARIO' }
  }
  if (message.term < term) return { action: 'ignore', code: 'SCOPE_OLD_TERM' }
  if (now - message.sentAt > MESSAGE_LIFETIME_MS + CLOCK_SKEW_MS) {
    return { action: 'ignore', code: 'SCOPE_EXPIRED' }
  }
  if (message.sentAt - now > CLOCK_SKEW_MS) return { action: 'ignore', code: 'SCOPE_FROM_FUTURE' }
  return { action: 'accept' }
}
