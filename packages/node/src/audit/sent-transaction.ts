/** What a member of an alliance or task is about to tell the chain, or was paid there. */
export type SentTransaction = {
  readonly kind: 'transaction'
  readonly what: 'contribution' | 'model' | 'commitment' | 'vote' | 'scores' | 'payment'
  /** Absent where it is of none. */
  readonly round?: number
  /** Digest of what was made, the commitment, SHA-256 of scores; the wei of a payment. */
  readonly id: string
  /** Address of the contract, lower case. */
  readonly to: string
}
