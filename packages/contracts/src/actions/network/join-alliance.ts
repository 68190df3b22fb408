import { type Address, bytesToHex, encodeFunctionData, type Hex } from 'viem'
import { allianceAbi } from '../../generated/network/alliance.ts'
import { act } from '../../send.ts'
import type { ChainAccount, Mined } from '../../types.ts'

/**
 * Takes part in an alliance from its next round on. The account's stake in it (role 'alliance') is held until it has resigned.
 * @param args - `peerKey`: ed25519 public key of its node; `binding`: the key's signature over this membership (signBinding, with
 * allianceScope in place of a Scenario).
 * @throws {ChainError} STAKE_BELOW_MINIMUM, ALREADY_PARTICIPATES, ALLIANCE_FULL, ALLIANCE_IN_PHASE (roles are being drawn),
 * ALLIANCE_FINISHED, UNKNOWN_ALLIANCE; PEER_KEY_INVALID, BINDING_LENGTH.
 */
export function joinAlliance(
  account: ChainAccount,
  args: {
    readonly alliance: Address
    readonly id: bigint
    readonly peerKey: Hex
    readonly binding: Uint8Array
  },
): Promise<Mined> {
  const { alliance, id, peerKey, binding } = args
  const data = encodeFunctionData({
    abi: allianceAbi,
    functionName: 'join',
    args: [id, peerKey, bytesToHex(binding)],
  })
  return act(account, async (send) => ({
    receipt: await send({ to: alliance, data }),
    result: {},
  }))
}
