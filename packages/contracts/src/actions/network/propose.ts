import { type Address, encodeFunctionData } from 'viem'
import { ask } from '../../ask.ts'
import { daoAbi } from '../../generated/network/dao.ts'
import { onlyEvent } from '../../only-event.ts'
import { type Proposal, proposalArguments } from '../../proposal.ts'
import { act } from '../../send.ts'
import { spending } from '../../spend.ts'
import type { ChainAccount, Mined } from '../../types.ts'

/** DaoParam.ProposalStake. */
const PROPOSAL_STAKE = 0

/**
 * Makes a proposal and stakes on it what the Dao asks for.
 * @returns `votesFrom` and `votesUntil` in Unix seconds.
 * @throws {ChainError} INSUFFICIENT_BALANCE (usage); what OpenZeppelin's Governor says, for one that was made before.
 */
export function propose(
  account: ChainAccount,
  { dao, ...proposal }: Proposal & { readonly dao: Address },
): Promise<
  Mined & { readonly proposal: bigint; readonly votesFrom: bigint; readonly votesUntil: bigint }
> {
  const contract = { address: dao, abi: daoAbi } as const
  const [targets, values, calls] = proposalArguments(proposal)
  const args = [targets, values, calls, proposal.description] as const
  const data = encodeFunctionData({ abi: daoAbi, functionName: 'propose', args })
  return act(account, async (send) => {
    const [token, amount] = await ask(
      Promise.all([
        account.public.readContract({ ...contract, functionName: 'token' }),
        account.public.readContract({
          ...contract,
          functionName: 'daoParam',
          args: [PROPOSAL_STAKE],
        }),
      ]),
    )
    const job = () => send({ to: dao, data })
    const receipt = await spending(account, send, { token, spender: dao, amount, job })
    const made = onlyEvent(receipt, { ...contract, eventName: 'ProposalCreated' })
    const { proposalId, voteStart, voteEnd } = made
    return {
      receipt,
      result: { proposal: proposalId, votesFrom: voteStart, votesUntil: voteEnd },
    }
  })
}
