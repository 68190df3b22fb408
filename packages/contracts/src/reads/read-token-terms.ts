import { type Address, erc20Abi } from 'viem'
import { ask } from '../ask.ts'
import type { ChainReader } from '../types.ts'

/** What a token calls itself: any text, which may lie. */
export type TokenTerms = { readonly symbol: string; readonly decimals: number }

/** Reads symbol and decimals of an ERC-20 token. @throws {ChainError} RPC_FAILED, also where there is no token. */
export async function readTokenTerms(reader: ChainReader, token: Address): Promise<TokenTerms> {
  const contract = { address: token, abi: erc20Abi } as const
  const [symbol, decimals] = await ask(
    Promise.all([
      reader.public.readContract({ ...contract, functionName: 'symbol' }),
      reader.public.readContract({ ...contract, functionName: 'decimals' }),
    ]),
  )
  return { symbol, decimals }
}
