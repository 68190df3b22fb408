import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { type ChainReader, createIndexer } from '@fednode/contracts'
import type { Context } from '../../../framework/context.ts'
import { cacheDirectory } from '../../../runtime/cache-directory.ts'
import { listedTokens, type Market } from '../market.ts'
import type { TokenHistory } from './token-history.ts'

const PRIVATE_DIRECTORY = 0o700

/** A federation's market, and the block at or before its creation. */
export type IndexedMarket = { readonly market: Market; readonly fromBlock: number }

/**
 * Every price of every listed token. The events that were read are kept in the cache directory, so that a second look is fast.
 * @throws {IndexError}, {ChainError} as the indexer.
 */
export async function readHistories(
  reader: ChainReader,
  { market, fromBlock }: IndexedMarket,
  { env, logger }: Pick<Context, 'env' | 'logger'>,
): Promise<readonly TokenHistory[]> {
  const { address: scenario } = market.state
  const directory = path.join(cacheDirectory(env), 'markets')
  await mkdir(directory, { recursive: true, mode: PRIVATE_DIRECTORY })
  const file = path.join(directory, `${reader.chainId}-${scenario.toLowerCase()}.sqlite`)
  const options = { scenario, file, fromBlock: BigInt(fromBlock) }
  const indexer = await createIndexer(options, { reader, logger })
  try {
    await indexer.sync()
    return listedTokens(market).map(({ name, token }) => ({
      silo: name,
      token,
      before: undefined,
      points: indexer.priceHistory(token),
    }))
  } finally {
    indexer.stop()
  }
}
