import { type Address, encodeFunctionData } from 'viem'
import { ask } from '../ask.ts'
import { meanPoolAbi } from '../generated/mean-pool.ts'
import { eventsOf } from '../only-event.ts'
import { readBlockTag } from '../read-block-tag.ts'
import { act } from '../send.ts'
import type { ChainAccount, Mined } from '../types.ts'

/**
 * Pays a liquidity provider the rewards that the pool's client tokens have earned for its LP shares.
 * @param args - `holder` is the account itself when left out; anyone may claim for anyone.
 * @returns `paid` in wei; null when nothing is owed, and then nothing was sent.
 * @throws {ChainError} see there.
 */
export async function claimLp(
  account: ChainAccount,
  args: { readonly pool: Address; readonly holder?: Address },
): Promise<(Mined & { readonly paid: bigint }) | null> {
  const { pool, holder = account.address } = args
  const contract = { address: pool, abi: meanPoolAbi } as const
  const asked = { ...contract, functionName: 'lpOwed', args: [holder] } as const
  const owed = await ask(account.public.readContract({ ...asked, blockTag: readBlockTag(account) }))
  if (owed === 0n) return null
  const data = encodeFunctionData({ abi: meanPoolAbi, functionName: 'claimLp', args: [holder] })
  return act(account, async (send) => {
    const receipt = await send({ to: pool, data })
    const claims = eventsOf(receipt, { ...contract, eventName: 'LpClaimed' })
    const paid = claims.reduce((sum, { args: { amount } }) => sum + amount, 0n)
    return { receipt, result: { paid } }
  })
}
