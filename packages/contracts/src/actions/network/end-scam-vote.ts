import { type Address, encodeFunctionData } from 'viem'
import { daoAbi } from '../../generated/network/dao.ts'
import type { ChainAccount, Mined } from '../../types.ts'
import { sendCall } from './send-call.ts'

/**
 * Ends a vote in its second half, when more than half of all votes call the proposal a scam. Anybody may.
 * @throws {ChainError} NOT_A_SCAM, TOO_EARLY_TO_END.
 */
export function endScamVote(
  account: ChainAccount,
  { dao, proposal }: { readonly dao: Address; readonly proposal: bigint },
): Promise<Mined> {
  const data = encodeFunctionData({
    abi: daoAbi,
    functionName: 'endScam',
    args: [proposal],
  })
  return sendCall(account, { to: dao, data })
}
