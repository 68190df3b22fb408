import { type Address, encodeFunctionData, type Hex } from 'viem'
import { allianceAbi } from '../../generated/network/alliance.ts'
import { act } from '../../send.ts'
import type { ChainAccount, Mined } from '../../types.ts'

/**
 * Commits to a vote in a round that the account was drawn for as a voter. Keep the vote and its salt on disk before: who cannot reveal
 * loses a part of its stake.
 * @param args - `seat`: among the round's voters; `commitment`: see allianceCommitment.
 * @throws {ChainError} NOT_SEATED, ALREADY_COMMITTED, COMMITMENT_ZERO, ALLIANCE_IN_PHASE, PHASE_OVER.
 */
export function commitAllianceVote(
  account: ChainAccount,
  args: {
    readonly alliance: Address
    readonly id: bigint
    readonly seat: number
    readonly commitment: Hex
  },
): Promise<Mined> {
  const { alliance, id, seat, commitment } = args
  const data = encodeFunctionData({
    abi: allianceAbi,
    functionName: 'commitVote',
    args: [id, BigInt(seat), commitment],
  })
  return act(account, async (send) => ({
    receipt: await send({ to: alliance, data }),
    result: {},
  }))
}
