import { type Address, encodeFunctionData } from 'viem'
import { daoAbi } from '../../generated/network/dao.ts'
import { onlyEvent } from '../../only-event.ts'
import { act } from '../../send.ts'
import type { ChainAccount, Mined } from '../../types.ts'

/**
 * Sends the stake of a proposal where its vote sends it. Anybody may, once the vote is over.
 * @returns what went back to the proposer, to the treasury, and was burned; wei.
 * @throws {ChainError} STAKE_LOCKED; NOTHING_STAKED (usage).
 */
export function returnProposalStake(
  account: ChainAccount,
  { dao, proposal }: { readonly dao: Address; readonly proposal: bigint },
): Promise<
  Mined & { readonly returned: bigint; readonly toTreasury: bigint; readonly burned: bigint }
> {
  const call = { abi: daoAbi, functionName: 'returnStake', args: [proposal] } as const
  return act(account, async (send) => {
    const receipt = await send({ to: dao, data: encodeFunctionData(call) })
    const event = { address: dao, abi: daoAbi, eventName: 'ProposalStakeReturned' } as const
    const { returned, kept: toTreasury, burned } = onlyEvent(receipt, event)
    return { receipt, result: { returned, toTreasury, burned } }
  })
}
