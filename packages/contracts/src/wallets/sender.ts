import type { Address, Hex } from 'viem'
import type { ChainReader, TransactionCall } from '../types.ts'

/** An account on a chain, whoever signs for it. */
export type Sender = ChainReader & {
  readonly address: Address
  /** Most that a unit of gas may cost, tip included, in wei; undefined: there is no bound (T54). */
  readonly maxFee: bigint | undefined
}

/** A transaction that was handed to a node. */
export type Sent = {
  readonly hash: Hex
  /** Sends it again with higher fees; undefined as its answer: not now. A signer elsewhere is asked only once and has none. */
  readonly replace?: () => Promise<Hex | undefined>
}

/** Signs a transaction and hands it to a node. */
export type Submit = (call: TransactionCall, gas: bigint) => Promise<Sent>
