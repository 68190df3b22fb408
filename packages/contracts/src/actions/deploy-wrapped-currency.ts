import { type Address, encodeDeployData } from 'viem'
import { deployedAddress } from '../deployed-address.ts'
import { wrappedCurrencyAbi, wrappedCurrencyBytecode } from '../generated/wrapped-currency.ts'
import { act } from '../send.ts'
import type { ChainAccount, Mined } from '../types.ts'

/**
 * Deploys an 18-decimals currency that stands for an ERC-20 of fewer decimals, a 6-decimals stablecoin for example; it has no owner.
 * @throws {ChainError} DECIMALS_INVALID.
 */
export function deployWrappedCurrency(
  account: ChainAccount,
  args: { readonly asset: Address; readonly name: string; readonly symbol: string },
): Promise<Mined & { readonly address: Address }> {
  const data = encodeDeployData({
    abi: wrappedCurrencyAbi,
    bytecode: wrappedCurrencyBytecode,
    args: [args.asset, args.name, args.symbol],
  })
  return act(account, async (send) => {
    const receipt = await send({ data })
    return { receipt, result: { address: deployedAddress(receipt) } }
  })
}
