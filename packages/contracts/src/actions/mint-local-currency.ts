import { type Address, encodeFunctionData } from 'viem'
import { localCurrencyAbi } from '../generated/local-currency.ts'
import { act } from '../send.ts'
import type { ChainAccount, Mined } from '../types.ts'

/**
 * Mints play money; only the owner of the currency may.
 * @param args - `amount` in wei.
 * @throws {ChainError} NOT_OWNER.
 */
export function mintLocalCurrency(
  account: ChainAccount,
  args: { readonly currency: Address; readonly to: Address; readonly amount: bigint },
): Promise<Mined> {
  const { currency, to, amount } = args
  const data = encodeFunctionData({
    abi: localCurrencyAbi,
    functionName: 'mint',
    args: [to, amount],
  })
  return act(account, async (send) => ({ receipt: await send({ to: currency, data }), result: {} }))
}
