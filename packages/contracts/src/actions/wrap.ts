import { type Address, encodeFunctionData, erc20Abi } from 'viem'
import { ask } from '../ask.ts'
import { wrappedCurrencyAbi } from '../generated/wrapped-currency.ts'
import { onlyEvent } from '../only-event.ts'
import { act } from '../send.ts'
import { spending } from '../spend.ts'
import type { ChainAccount, Mined } from '../types.ts'

/**
 * Turns an asset into its wrapped currency, 1 to 1 in value. Approves exactly `assets` (T56).
 * @param args - `assets` in the asset's own smallest units; `to` gets the currency, the account itself when left out.
 * @returns `amount` of the currency in wei.
 * @throws {ChainError} UNDER_RECEIVED for an asset that takes a fee, INSUFFICIENT_BALANCE (usage).
 */
export function wrap(
  account: ChainAccount,
  args: { readonly currency: Address; readonly assets: bigint; readonly to?: Address },
): Promise<Mined & { readonly amount: bigint }> {
  const { currency, assets, to = account.address } = args
  const contract = { address: currency, abi: wrappedCurrencyAbi } as const
  const data = encodeFunctionData({
    abi: wrappedCurrencyAbi,
    functionName: 'wrap',
    args: [assets, to],
  })
  return act(account, async (send) => {
    const token = await ask(account.public.readContract({ ...contract, functionName: 'asset' }))
    const asset = { address: token, abi: erc20Abi, functionName: 'decimals' } as const
    const receipt = await spending(account, send, {
      token,
      decimals: await ask(account.public.readContract(asset)),
      spender: currency,
      amount: assets,
      job: () => send({ to: currency, data }),
    })
    const { amount } = onlyEvent(receipt, { ...contract, eventName: 'Wrapped' })
    return { receipt, result: { amount } }
  })
}
