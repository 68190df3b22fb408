import { UserError } from '@fednode/protocol'
import { type Address, erc20Abi } from 'viem'
import { ask } from '../ask.ts'
import { ChainError } from '../chain-error.ts'
import type { ChainReader } from '../types.ts'

/** What a token calls itself: any text, which may lie. */
export type TokenTerms = { readonly symbol: string; readonly decimals: number }

/**
 * Reads symbol and decimals of an ERC-20 token.
 * @throws {UserError} NOT_A_TOKEN (usage). {ChainError} RPC_FAILED.
 */
export async function readTokenTerms(reader: ChainReader, token: Address): Promise<TokenTerms> {
  const contract = { address: token, abi: erc20Abi } as const
  try {
    const [symbol, decimals] = await ask(
      Promise.all([
        reader.public.readContract({ ...contract, functionName: 'symbol' }),
        reader.public.readContract({ ...contract, functionName: 'decimals' }),
      ]),
    )
    return { symbol, decimals }
  } catch (cause) {
    if (!(cause instanceof ChainError) || cause.code === 'RPC_FAILED') throw cause
    throw new UserError('usage', `at ${token} is no token with a symbol and decimals`, {
      code: 'NOT_A_TOKEN',
      hint: 'Give the address of an ERC-20 token.',
      cause,
    })
  }
}
