import { type Address, encodeFunctionData, type Hex } from 'viem'
import { allianceAbi } from '../../generated/network/alliance.ts'
import { act } from '../../send.ts'
import type { ChainAccount, Mined } from '../../types.ts'

/**
 * Contributes what the account trained in a round that it was drawn for as a proposer.
 * @param args - `seat`: among the round's proposers; `digest`: of parameters whose bytes name their proposer.
 * @throws {ChainError} NOT_PROPOSER, ALREADY_CONTRIBUTED, ALLIANCE_DIGEST_ZERO, ALLIANCE_IN_PHASE, PHASE_OVER.
 */
export function contributeAlliance(
  account: ChainAccount,
  args: {
    readonly alliance: Address
    readonly id: bigint
    readonly seat: number
    readonly digest: Hex
  },
): Promise<Mined> {
  const { alliance, id, seat, digest } = args
  const data = encodeFunctionData({
    abi: allianceAbi,
    functionName: 'contribute',
    args: [id, BigInt(seat), digest],
  })
  return act(account, async (send) => ({
    receipt: await send({ to: alliance, data }),
    result: {},
  }))
}
