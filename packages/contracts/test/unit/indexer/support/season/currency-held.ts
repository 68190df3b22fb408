import { type Address, erc20Abi } from 'viem'
import type { ChainReader } from '../../../../../src/index.ts'

/** What an account has of the currency by its Transfer events alone, in wei. */
export async function currencyHeld(
  reader: ChainReader,
  { currency, account }: { readonly currency: Address; readonly account: Address },
): Promise<bigint> {
  const transfers = { address: currency, abi: erc20Abi, eventName: 'Transfer' } as const
  const range = { fromBlock: 0n, strict: true } as const
  const [came, went] = await Promise.all([
    reader.public.getContractEvents({ ...transfers, ...range, args: { to: account } }),
    reader.public.getContractEvents({ ...transfers, ...range, args: { from: account } }),
  ])
  const sum = (events: typeof came) => events.reduce((total, { args }) => total + args.value, 0n)
  return sum(came) - sum(went)
}
