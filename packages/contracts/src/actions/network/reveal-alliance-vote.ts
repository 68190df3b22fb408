import { type Address, encodeFunctionData, type Hex } from 'viem'
import type { AllianceBallot } from '../../alliance-vote.ts'
import { allianceAbi } from '../../generated/network/alliance.ts'
import { act } from '../../send.ts'
import type { ChainAccount, Mined } from '../../types.ts'

/**
 * Reveals the vote that the account committed to.
 * @throws {ChainError} COMMITMENT_MISMATCH, ALREADY_REVEALED, NOT_SEATED, VOTE_INVALID, ALLIANCE_IN_PHASE, PHASE_OVER.
 */
export function revealAllianceVote(
  account: ChainAccount,
  args: {
    readonly alliance: Address
    readonly id: bigint
    readonly seat: number
    readonly ballot: AllianceBallot
    readonly salt: Hex
  },
): Promise<Mined> {
  const { alliance, id, seat, ballot, salt } = args
  const data = encodeFunctionData({
    abi: allianceAbi,
    functionName: 'revealVote',
    args: [id, BigInt(seat), ballot, salt],
  })
  return act(account, async (send) => ({
    receipt: await send({ to: alliance, data }),
    result: {},
  }))
}
