import { type Address, encodeDeployData } from 'viem'
import { deployedAddress } from '../deployed-address.ts'
import { localCurrencyAbi, localCurrencyBytecode } from '../generated/local-currency.ts'
import { act } from '../send.ts'
import type { ChainAccount, Mined } from '../types.ts'

/**
 * Deploys the play-money ERC-20 of local chains and tests; the account is its owner and mints it.
 * @throws {ChainError} see there.
 */
export function deployLocalCurrency(
  account: ChainAccount,
  options: { readonly name?: string; readonly symbol?: string } = {},
): Promise<Mined & { readonly address: Address }> {
  const { name = 'Local currency', symbol = 'CUR' } = options
  const data = encodeDeployData({
    abi: localCurrencyAbi,
    bytecode: localCurrencyBytecode,
    args: [name, symbol, account.address],
  })
  return act(account, async (send) => {
    const receipt = await send({ data })
    return { receipt, result: { address: deployedAddress(receipt) } }
  })
}
