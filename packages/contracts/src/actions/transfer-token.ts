import { type Address, encodeFunctionData, erc20Abi } from 'viem'
import { act } from '../send.ts'
import { checkBalance } from '../spend.ts'
import type { ChainAccount, Mined } from '../types.ts'

/**
 * Transfers currency, client tokens or LP shares. What client tokens earned until then stays with the account.
 * @param args - `amount` in wei.
 * @throws {ChainError} INSUFFICIENT_BALANCE (usage), INVALID_RECIPIENT.
 */
export function transferToken(
  account: ChainAccount,
  args: { readonly token: Address; readonly to: Address; readonly amount: bigint },
): Promise<Mined> {
  const { token, to, amount } = args
  const data = encodeFunctionData({
    abi: erc20Abi,
    functionName: 'transfer',
    args: [to, amount],
  })
  return act(account, async (send) => {
    await checkBalance(account, { token, amount })
    return { receipt: await send({ to: token, data }), result: {} }
  })
}
