import { type Address, encodeFunctionData } from 'viem'
import { ask } from '../ask.ts'
import { scenarioAbi } from '../generated/scenario.ts'
import { eventsOf } from '../only-event.ts'
import { readBlockTag } from '../read-block-tag.ts'
import { act } from '../send.ts'
import type { ChainAccount, ChainReader, Mined } from '../types.ts'

/** Whose rewards are claimed. */
export type RewardClaim = {
  readonly scenario: Address
  /** The account itself when left out. Anyone may claim for anyone: the holder, or its receiver, is paid. */
  readonly holder?: Address
  /** Clients whose tokens pay; all when left out. Those that owe nothing cost nothing. */
  readonly indexes?: readonly number[]
}

/**
 * Pays a holder what its client tokens have earned so far.
 * @returns `paid` in wei; null when nothing is owed, and then nothing was sent.
 * @throws {ChainError} UNKNOWN_CLIENT, POOL_NOT_CLAIMABLE.
 */
export async function claim(
  account: ChainAccount,
  args: RewardClaim,
): Promise<(Mined & { readonly paid: bigint }) | null> {
  const { scenario, holder = account.address } = args
  const indexes = await owingIndexes(account, { ...args, holder })
  if (indexes.length === 0) return null
  const data = encodeFunctionData({
    abi: scenarioAbi,
    functionName: 'claim',
    args: [indexes, holder],
  })
  return act(account, async (send) => {
    const receipt = await send({ to: scenario, data })
    const event = { address: scenario, abi: scenarioAbi, eventName: 'Claimed' } as const
    const paid = eventsOf(receipt, event).reduce((sum, { args: { amount } }) => sum + amount, 0n)
    return { receipt, result: { paid } }
  })
}

async function owingIndexes(
  reader: ChainReader,
  of: RewardClaim & { readonly holder: Address },
): Promise<number[]> {
  const { scenario: address, holder } = of
  const contract = { address, abi: scenarioAbi, blockTag: readBlockTag(reader) } as const
  const asked = of.indexes ?? (await allIndexes(reader, address))
  const owed = asked.map(async (index) => {
    const call = { ...contract, functionName: 'owed', args: [index, holder] } as const
    return { index, amount: await reader.public.readContract(call) }
  })
  const owing = (await ask(Promise.all(owed))).filter(({ amount }) => amount > 0n)
  return owing.map(({ index }) => index)
}

async function allIndexes(reader: ChainReader, address: Address): Promise<number[]> {
  const call = { address, abi: scenarioAbi, functionName: 'clientCount' } as const
  const count = await ask(reader.public.readContract(call))
  return Array.from({ length: count }, (_, index) => index)
}
