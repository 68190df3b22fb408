import type { Hex } from 'viem'
import type { PrivateKeyAccount } from 'viem/accounts'
import type { TransactionCall } from '../types.ts'
import type { Fees } from './fees.ts'
import type { Replaced } from './replaced.ts'
import type { Sender } from './sender.ts'

/** An account whose key is in this process. */
export type LocalSender = Sender & {
  readonly account: PrivateKeyAccount
  /** A transaction was not mined in time; the operator is to be told. */
  readonly onReplaced?: (replaced: Replaced) => void
}

/** A transaction before it is signed. */
export type Order = TransactionCall & Fees & { readonly gas: bigint; readonly nonce: number }

/** Signs an order; the answer is the raw transaction. */
export function sign({ account, chainId }: LocalSender, order: Order): Promise<Hex> {
  return account.signTransaction({ ...order, chainId, type: 'eip1559' })
}
