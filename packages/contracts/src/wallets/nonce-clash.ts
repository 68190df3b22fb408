import { BaseError } from 'viem'

/** A clash costs the other process one transaction each, so it ends soon. */
export const NONCE_TRIES = 8

/** Whether a node refused a transaction because another one has its nonce (T53). */
export function isNonceClash(error: unknown): boolean {
  return (
    error instanceof BaseError &&
    /nonce too low|replacement transaction|already (known|imported)/i.test(error.details)
  )
}
