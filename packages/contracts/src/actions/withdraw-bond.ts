import { type Address, encodeFunctionData } from 'viem'
import { ask } from '../ask.ts'
import { scenarioAbi } from '../generated/scenario.ts'
import { onlyEvent } from '../only-event.ts'
import { readBlockTag } from '../read-block-tag.ts'
import { act } from '../send.ts'
import type { ChainAccount, Mined } from '../types.ts'

/**
 * Pays the account what of its bonds is free.
 * @returns `amount` in wei; null when nothing is free, and then nothing was sent.
 * @throws {ChainError} see there.
 */
export async function withdrawBond(
  account: ChainAccount,
  args: { readonly scenario: Address },
): Promise<(Mined & { readonly amount: bigint }) | null> {
  const contract = { address: args.scenario, abi: scenarioAbi } as const
  const asked = { ...contract, functionName: 'bondCredit', args: [account.address] } as const
  const free = await ask(account.public.readContract({ ...asked, blockTag: readBlockTag(account) }))
  if (free === 0n) return null
  const data = encodeFunctionData({ abi: scenarioAbi, functionName: 'withdrawBond' })
  return act(account, async (send) => {
    const receipt = await send({ to: args.scenario, data })
    const { amount } = onlyEvent(receipt, { ...contract, eventName: 'BondWithdrawn' })
    return { receipt, result: { amount } }
  })
}
