import { type Address, encodeFunctionData } from 'viem'
import { daoAbi } from '../../generated/network/dao.ts'
import { type Proposal, proposalArguments } from '../../proposal.ts'
import type { ChainAccount, Mined } from '../../types.ts'
import { sendCall } from './send-call.ts'

/**
 * Hands a proposal that has passed to the Timelock, where it waits. Anybody may.
 * @throws {ChainError} what OpenZeppelin's Governor says, when the proposal is in another state.
 */
export function queueProposal(
  account: ChainAccount,
  { dao, ...proposal }: Proposal & { readonly dao: Address },
): Promise<Mined> {
  const args = proposalArguments(proposal)
  return sendCall(account, {
    to: dao,
    data: encodeFunctionData({ abi: daoAbi, functionName: 'queue', args }),
  })
}
