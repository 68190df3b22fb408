import { type Address, encodeFunctionData } from 'viem'
import { daoAbi } from '../../generated/network/dao.ts'
import { type Proposal, proposalArguments } from '../../proposal.ts'
import type { ChainAccount, Mined } from '../../types.ts'
import { sendCall } from './send-call.ts'

/**
 * Cancels a proposal: its proposer before the vote begins, the guardian at any time before it is executed.
 * @throws {ChainError} what OpenZeppelin's Governor says, when the proposal is in another state.
 */
export function cancelProposal(
  account: ChainAccount,
  { dao, ...proposal }: Proposal & { readonly dao: Address },
): Promise<Mined> {
  const args = proposalArguments(proposal)
  return sendCall(account, {
    to: dao,
    data: encodeFunctionData({ abi: daoAbi, functionName: 'cancel', args }),
  })
}
