import { type Address, encodeFunctionData, type Hex } from 'viem'
import { randomBeaconAbi } from '../../generated/network/random-beacon.ts'
import { act } from '../../send.ts'
import type { ChainAccount, Mined } from '../../types.ts'

/**
 * Reveals the account's secret for a beacon round, after commitments have ended; frees its bond.
 * @throws {ChainError} NOT_REVEALING, SECRET_MISMATCH.
 */
export function revealFallback(
  account: ChainAccount,
  args: { readonly beacon: Address; readonly round: bigint; readonly secret: Hex },
): Promise<Mined> {
  const { beacon, round, secret } = args
  const data = encodeFunctionData({
    abi: randomBeaconAbi,
    functionName: 'revealFallback',
    args: [round, secret],
  })
  return act(account, async (send) => ({
    receipt: await send({ to: beacon, data }),
    result: {},
  }))
}
