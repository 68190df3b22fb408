import type { Hex } from 'viem'
import type { Fees } from './fees.ts'

/** A transaction that was not mined in time, and the one with higher fees at the same nonce that was sent in its place (T54). */
export type Replaced = Fees & {
  readonly nonce: number
  /** Unknown when an earlier life of the process sent it: then `by` does nothing but take its place. */
  readonly hash?: Hex
  readonly by: Hex
}
