import { type Address, encodeFunctionData } from 'viem'
import { ask } from '../../ask.ts'
import { randomBeaconAbi } from '../../generated/network/random-beacon.ts'
import { act } from '../../send.ts'
import { spending } from '../../spend.ts'
import type { ChainAccount, Mined } from '../../types.ts'

/**
 * Bonds with the beacon, to stand in for it in rounds that are due later. Approves exactly `amount`.
 * @param args - `amount` in wei.
 * @throws {ChainError} AMOUNT_ZERO; INSUFFICIENT_BALANCE (usage).
 */
export function bondBeacon(
  account: ChainAccount,
  { beacon, amount }: { readonly beacon: Address; readonly amount: bigint },
): Promise<Mined> {
  const data = encodeFunctionData({
    abi: randomBeaconAbi,
    functionName: 'depositBond',
    args: [amount],
  })
  return act(account, async (send) => {
    const read = { address: beacon, abi: randomBeaconAbi, functionName: 'currency' } as const
    const token = await ask(account.public.readContract(read))
    const job = () => send({ to: beacon, data })
    const receipt = await spending(account, send, { token, spender: beacon, amount, job })
    return { receipt, result: {} }
  })
}
