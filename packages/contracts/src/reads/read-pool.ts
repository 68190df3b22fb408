import { type Address, erc20Abi } from 'viem'
import { ONE_TOKEN } from '../amounts.ts'
import { ask } from '../ask.ts'
import { meanPoolAbi } from '../generated/mean-pool.ts'
import type { ChainReader } from '../types.ts'
import { readBlockNumber } from './block.ts'

/** One token in the pool. */
export type PoolToken = {
  readonly token: Address
  /** wei */
  readonly balance: bigint
  /** 1e18 = 100 % */
  readonly weight: bigint
  /** Currency wei per whole token, without fee; 1e18 for the currency itself. */
  readonly price: bigint
  /** The pool sells no more of it. */
  readonly delisted: boolean
}

/** The market of a federation at one block. */
export type PoolState = {
  readonly pool: Address
  readonly open: boolean
  /**
   * Currency first, then client tokens in index order, those of late clients once they are listed; empty until the market is open.
   */
  readonly tokens: readonly PoolToken[]
  /** 1e18 = 100 % */
  readonly swapFee: bigint
  readonly lpSupply: bigint
  readonly blockNumber: bigint
}

type At = { readonly address: Address; readonly blockNumber: bigint }

/**
 * Balances, weights and spot prices of a pool, read at one block.
 * @throws {ChainError} RPC_FAILED.
 */
export async function readPool(
  reader: ChainReader,
  args: { readonly pool: Address },
): Promise<PoolState> {
  const { pool } = args
  const blockNumber = await readBlockNumber(reader)
  const at = { address: pool, blockNumber }
  const contract = { ...at, abi: meanPoolAbi } as const
  const [open, swapFee, lpSupply] = await ask(
    Promise.all([
      reader.public.readContract({ ...contract, functionName: 'isOpen' }),
      reader.public.readContract({ ...contract, functionName: 'swapFee' }),
      reader.public.readContract({ ...at, abi: erc20Abi, functionName: 'totalSupply' }),
    ]),
  )
  const tokens = open ? await ask(readTokens(reader, at)) : []
  return { pool, open, tokens, swapFee, lpSupply, blockNumber }
}

async function readTokens(reader: ChainReader, at: At): Promise<readonly PoolToken[]> {
  const contract = { ...at, abi: meanPoolAbi } as const
  const [tokens, balances, weights] = await Promise.all([
    reader.public.readContract({ ...contract, functionName: 'tokens' }),
    reader.public.readContract({ ...contract, functionName: 'balances' }),
    reader.public.readContract({ ...contract, functionName: 'weights' }),
  ])
  return Promise.all(
    tokens.map(async (token, index) => {
      const shared = { token, balance: balances[index] ?? 0n, weight: weights[index] ?? 0n }
      if (index === 0) return { ...shared, price: ONE_TOKEN, delisted: false }
      const args = [token] as const
      const [price, delisted] = await Promise.all([
        reader.public.readContract({ ...contract, functionName: 'spotPrice', args }),
        reader.public.readContract({ ...contract, functionName: 'isDelisted', args }),
      ])
      return { ...shared, price, delisted }
    }),
  )
}
