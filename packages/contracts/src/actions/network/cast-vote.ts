import { type Address, encodeFunctionData } from 'viem'
import { daoAbi } from '../../generated/network/dao.ts'
import { onlyEvent } from '../../only-event.ts'
import { act } from '../../send.ts'
import type { ChainAccount, Mined } from '../../types.ts'

/** Kinds of votes, as the Dao counts them. */
export const VOTES = { against: 0, for: 1, abstain: 2, scam: 3 } as const

/**
 * Votes on a proposal, once. What counts is what the account, and who delegated its votes to it, held before the proposal was made.
 * @returns `weight` in wei.
 * @throws {ChainError} what OpenZeppelin's Governor says: voted before, or not while votes are taken.
 */
export function castVote(
  account: ChainAccount,
  args: { readonly dao: Address; readonly proposal: bigint; readonly vote: keyof typeof VOTES },
): Promise<Mined & { readonly weight: bigint }> {
  const { dao, proposal, vote } = args
  const data = encodeFunctionData({
    abi: daoAbi,
    functionName: 'castVote',
    args: [proposal, VOTES[vote]],
  })
  return act(account, async (send) => {
    const receipt = await send({ to: dao, data })
    const event = { address: dao, abi: daoAbi, eventName: 'VoteCast' } as const
    return { receipt, result: { weight: onlyEvent(receipt, event).weight } }
  })
}
