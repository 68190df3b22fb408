import { type Fault, UserError } from '@fednode/protocol'
import type { Hex } from 'viem'

/** What is known about a failed chain action beside its sentence. */
export type ChainErrorDetails = {
  /** Name of the contract's custom error, when it reverted with one. */
  readonly revert?: string
  /** Arguments of the custom error by name, as decimal or hex text. */
  readonly values?: Readonly<Record<string, string>>
  /** Transaction that was sent, when there is one: look it up before sending again. */
  readonly hash?: Hex
}

/**
 * A chain action that failed, in a sentence. Codes: one per custom error of the contracts (NOT_FEDERATOR for
 * `NotFederator`, see revert-sentences.ts) and CHAIN_REVERTED, TX_REVERTED, TX_NOT_MINED, TX_REPLACED, RPC_FAILED,
 * INSUFFICIENT_BALANCE, NO_GAS_MONEY, EVENT_MISSING, CHAIN_LOGS_REFUSED.
 */
export class ChainError extends UserError {
  override name = 'ChainError'
  readonly details: ChainErrorDetails

  constructor(
    message: string,
    options: {
      code: string
      fault?: Fault
      hint?: string
      cause?: unknown
      details?: ChainErrorDetails
    },
  ) {
    const { fault = 'chain', details = {}, ...rest } = options
    super(fault, message, rest)
    this.details = details
  }
}
