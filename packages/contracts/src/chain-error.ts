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
 * A chain action or read that failed, in a sentence; exits with 5 unless somebody else has to act. Codes: one per custom error of
 * the contracts (NOT_FEDERATOR for `NotFederator`, see revert-sentences.ts), and
 * - RPC_FAILED, CHAIN_REVERTED, CHAIN_FAILED: the node does not answer, refuses the call in its own words, or anything else;
 * - FEE_TOO_HIGH, NO_GAS_MONEY, INSUFFICIENT_BALANCE: nothing was sent; ALLOWANCE_LEFT: an approval could not be taken back;
 * - TX_NOT_MINED, TX_REVERTED, EVENT_MISSING, FINALIZE_ENDLESS: `details.hash` names what was sent;
 * - TX_FOREIGN, SIGNER_REFUSED, SIGNER_SILENT, SIGNER_FAULTY: what a signer elsewhere did, or did not;
 * - DRY_RUN_UNSUPPORTED, DRY_RUN_SIGNS_NOTHING: what cannot be tried;
 * - NO_CONTRACT, NOT_A_SCENARIO, WRONG_VERSION, OTHER_ASSERTION: the address is not what is meant, or not any more;
 * - REGISTRATIONS_INCOMPLETE, CHAIN_LOGS_REFUSED, CHAIN_LOGS_MALFORMED, NODES_DISAGREE: reads that cannot be believed or completed.
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
