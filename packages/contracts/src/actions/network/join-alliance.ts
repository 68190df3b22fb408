import { type Address, encodeFunctionData } from 'viem'
import { allianceAbi } from '../../generated/network/alliance.ts'
import { act } from '../../send.ts'
import type { ChainAccount, Mined } from '../../types.ts'

/**
 * Takes part in an alliance from its next round on. The account's stake in it (role 'alliance') is held until it has resigned.
 * @throws {ChainError} STAKE_BELOW_MINIMUM, ALREADY_PARTICIPATES, ALLIANCE_FULL, ALLIANCE_IN_PHASE (roles are being drawn),
 * ALLIANCE_FINISHED, UNKNOWN_ALLIANCE.
 */
export function joinAlliance(
  account: ChainAccount,
  { alliance, id }: { readonly alliance: Address; readonly id: bigint },
): Promise<Mined> {
  const data = encodeFunctionData({ abi: allianceAbi, functionName: 'join', args: [id] })
  return act(account, async (send) => ({
    receipt: await send({ to: alliance, data }),
    result: {},
  }))
}
