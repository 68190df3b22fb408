import type { TransactionReceipt } from 'viem'
import type { ChainAccount, Mined, TransactionCall } from './types.ts'

/** Simulates, sends and waits for one transaction. */
export type Send = (call: TransactionCall) => Promise<TransactionReceipt>

/**
 * Runs an action of one account: one after the other with its other actions, and its gas summed over all it sends.
 * @param job - answers with the receipt that is the action's own (not an approval's) and what the action found out.
 * @throws {ChainError} see there; whatever `job` throws.
 */
export function act<T extends object>(
  account: ChainAccount,
  job: (send: Send) => Promise<{ receipt: TransactionReceipt; result: T }>,
): Promise<Mined & T> {
  return account.inTurn(async () => {
    let gasUsed = 0n
    const { receipt, result } = await job(async (call) => {
      const mined = await account.wallet.transact(call)
      gasUsed += mined.gasUsed
      return mined
    })
    const { transactionHash: hash, blockNumber } = receipt
    return { ...result, hash, gasUsed, blockNumber }
  })
}
