import { type Address, bytesToHex, encodeFunctionData, type Hex } from 'viem'
import { scenarioAbi } from '../generated/scenario.ts'
import { onlyEvent } from '../only-event.ts'
import { act } from '../send.ts'
import type { ChainAccount, Mined } from '../types.ts'

/** A client that registers. */
export type Registration = {
  readonly scenario: Address
  /** [a-z0-9-]{1,40}, unique in the Scenario. */
  readonly name: string
  /** ed25519 public key of the client's libp2p peer, 32 bytes. */
  readonly peerKey: Hex
  /** 64-byte ed25519 signature of that key over this account (docs/PROTOCOL.md); peers check it, the EVM cannot. */
  readonly binding: Uint8Array
}

/**
 * Registers the account as a client of a federation and gives it its token.
 * @returns `index` of the client, counted from 0, and its `token`.
 * @throws {ChainError} NOT_ALLOWED, REGISTRATION_OVER, REGISTRATION_FULL (refused), NAME_TAKEN, NAME_INVALID, PEER_KEY_TAKEN,
 * ALREADY_REGISTERED, BINDING_LENGTH (usage), WRONG_PHASE.
 */
export function register(
  account: ChainAccount,
  args: Registration,
): Promise<Mined & { readonly index: number; readonly token: Address }> {
  const { scenario, name, peerKey, binding } = args
  const data = encodeFunctionData({
    abi: scenarioAbi,
    functionName: 'register',
    args: [name, peerKey, bytesToHex(binding)],
  })
  return act(account, async (send) => {
    const receipt = await send({ to: scenario, data })
    const event = { address: scenario, abi: scenarioAbi, eventName: 'Registered' } as const
    const { index, token } = onlyEvent(receipt, event)
    return { receipt, result: { index, token } }
  })
}
