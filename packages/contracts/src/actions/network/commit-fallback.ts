import { type Address, encodeFunctionData, type Hex } from 'viem'
import { ask } from '../../ask.ts'
import { randomBeaconAbi } from '../../generated/network/random-beacon.ts'
import { act } from '../../send.ts'
import type { ChainAccount, Mined } from '../../types.ts'

/**
 * Commits to a secret for a beacon round that nobody proved in time. Keep the secret on disk before: a bond is lost with it.
 * @param args - `secret`: 32 random bytes.
 * @returns the attempt that it counts for.
 * @throws {ChainError} FALLBACK_NOT_DUE, BOND_TOO_SMALL, BOND_TOO_YOUNG, NODE_COMMITTED, COMMITMENTS_CLOSED, FALLBACK_FULL, ROUND_KNOWN.
 */
export function commitFallback(
  account: ChainAccount,
  args: { readonly beacon: Address; readonly round: bigint; readonly secret: Hex },
): Promise<Mined & { readonly attempt: number }> {
  const { beacon, round, secret } = args
  const contract = { address: beacon, abi: randomBeaconAbi } as const
  return act(account, async (send) => {
    const read = { ...contract, functionName: 'fallbackOf', args: [round] } as const
    const { attempt } = await ask(account.public.readContract(read))
    const commitment = await ask(
      account.public.readContract({
        ...contract,
        functionName: 'fallbackCommitment',
        args: [round, attempt, account.address, secret],
      }),
    )
    const data = encodeFunctionData({
      abi: randomBeaconAbi,
      functionName: 'commitFallback',
      args: [round, commitment],
    })
    return { receipt: await send({ to: beacon, data }), result: { attempt } }
  })
}
