import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { type ChainReader, createIndexer, type TokenPrice } from '@fednode/contracts'
import { UserError } from '@fednode/protocol'
import type { Context } from '../../../framework/context.ts'
import { cacheDirectory } from '../../../runtime/cache-directory.ts'
import { unlessStopped } from '../../../runtime/unless-stopped.ts'
import { listedTokens, type Market } from '../market.ts'
import type { TokenHistory } from './token-history.ts'

const PRIVATE_DIRECTORY = 0o700

/** A federation's market, and the block at or before its creation. */
export type IndexedMarket = { readonly market: Market; readonly fromBlock: number }

/**
 * Every price of every listed token. The events that were read are kept in the cache directory, so that a second look is fast.
 * @throws {UserError} BAD_OPTION (usage) when `fromBlock` is too late. {IndexError}, {ChainError} as the indexer.
 */
export async function readHistories(
  reader: ChainReader,
  { market, fromBlock }: IndexedMarket,
  { env, logger, signal }: Pick<Context, 'env' | 'logger' | 'signal'>,
): Promise<readonly TokenHistory[]> {
  const { address: scenario } = market.state
  const directory = path.join(cacheDirectory(env), 'markets')
  await mkdir(directory, { recursive: true, mode: PRIVATE_DIRECTORY })
  // A file of its own for each start: one that begins too late must not spoil the others.
  const name = `${reader.chainId}-${scenario.toLowerCase()}-${fromBlock}.sqlite`
  const file = path.join(directory, name)
  const options = { scenario, file, fromBlock: BigInt(fromBlock) }
  const indexer = await createIndexer(options, { reader, logger })
  try {
    await unlessStopped(signal, () => indexer.sync())
    return listedTokens(market).map(({ name: silo, token }) => {
      const points = indexer.priceHistory(token)
      requireBeginning(points, { silo, fromBlock })
      return { silo, token, before: undefined, points }
    })
  } finally {
    indexer.stop()
  }
}

/** A price that comes from nowhere: what made it lies before the first block that was read. */
function requireBeginning(
  [first]: readonly TokenPrice[],
  { silo, fromBlock }: { readonly silo: string; readonly fromBlock: number },
): void {
  if (first?.kind === 'open' || first?.kind === 'list') return
  throw new UserError(
    'usage',
    `block ${fromBlock} comes after the token of ${silo} was brought to the market`,
    { code: 'BAD_OPTION', hint: 'Leave out --from-block, or give an earlier one.' },
  )
}
