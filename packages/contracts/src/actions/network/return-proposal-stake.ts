import { type Address, encodeFunctionData } from 'viem'
import { daoAbi } from '../../generated/network/dao.ts'
import type { ChainAccount, Mined } from '../../types.ts'
import { sendCall } from './send-call.ts'

/**
 * Sends the stake of a proposal where its vote sends it. Anybody may, once the vote is over.
 * @throws {ChainError} STAKE_LOCKED; NOTHING_STAKED (usage).
 */
export function returnProposalStake(
  account: ChainAccount,
  { dao, proposal }: { readonly dao: Address; readonly proposal: bigint },
): Promise<Mined> {
  const data = encodeFunctionData({
    abi: daoAbi,
    functionName: 'returnStake',
    args: [proposal],
  })
  return sendCall(account, { to: dao, data })
}
