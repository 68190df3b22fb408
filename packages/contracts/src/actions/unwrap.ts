import { type Address, encodeFunctionData } from 'viem'
import { wrappedCurrencyAbi } from '../generated/wrapped-currency.ts'
import { onlyEvent } from '../only-event.ts'
import { act } from '../send.ts'
import { checkBalance } from '../spend.ts'
import type { ChainAccount, Mined } from '../types.ts'

/**
 * Turns wrapped currency back into its asset.
 * @param args - `amount` in wei, a multiple of the currency's unit; `to` gets the asset, the account itself when left out.
 * @returns `assets` in the asset's own smallest units.
 * @throws {ChainError} NOT_A_MULTIPLE, INSUFFICIENT_BALANCE (usage).
 */
export function unwrap(
  account: ChainAccount,
  args: { readonly currency: Address; readonly amount: bigint; readonly to?: Address },
): Promise<Mined & { readonly assets: bigint }> {
  const { currency, amount, to = account.address } = args
  const data = encodeFunctionData({
    abi: wrappedCurrencyAbi,
    functionName: 'unwrap',
    args: [amount, to],
  })
  return act(account, async (send) => {
    await checkBalance(account, { token: currency, amount })
    const receipt = await send({ to: currency, data })
    const event = { address: currency, abi: wrappedCurrencyAbi, eventName: 'Unwrapped' } as const
    return { receipt, result: { assets: onlyEvent(receipt, event).assets } }
  })
}
