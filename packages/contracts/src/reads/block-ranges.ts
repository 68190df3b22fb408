import { ChainError } from '../chain-error.ts'
import { explainFailure } from '../explain-failure.ts'

/** Most requests for one look through the logs; a node that allows a thousand blocks each gets through a million. */
export const MAX_LOG_REQUESTS = 1_000

/** Blocks from `from` to `to`, both included. */
export type BlockRange = { readonly from: bigint; readonly to: bigint }

/**
 * Reads logs of a range whole, or in parts of half the size as often as the node says that a part is too large for it.
 * @returns all results in block order.
 * @throws {ChainError} RPC_FAILED; CHAIN_LOGS_REFUSED after MAX_LOG_REQUESTS or when the node refuses a single block.
 */
export async function inBlockRanges<T>(
  whole: BlockRange,
  read: (range: BlockRange) => Promise<readonly T[]>,
): Promise<T[]> {
  const found: T[] = []
  let size = whole.to - whole.from + 1n
  let from = whole.from
  for (let requests = 1; from <= whole.to; requests += 1) {
    const last = from + size - 1n
    const range = { from, to: last < whole.to ? last : whole.to }
    if (requests > MAX_LOG_REQUESTS) {
      throw refused({ from, to: whole.to }, `${MAX_LOG_REQUESTS} requests were not enough`)
    }
    try {
      found.push(...(await read(range)))
      from = range.to + 1n
    } catch (error) {
      const failure = explainFailure(error)
      if (failure.code === 'RPC_FAILED') throw failure
      if (size <= 1n) throw refused(range, failure.message, failure)
      // Kept for all that follows: a node refuses slowly, because viem asks again first.
      size = (size + 1n) / 2n
    }
  }
  return found
}

function refused(range: BlockRange, why: string, cause?: ChainError): ChainError {
  return new ChainError(
    `the chain refuses the events of blocks ${range.from} to ${range.to} (${why})`,
    {
      code: 'CHAIN_LOGS_REFUSED',
      hint: 'Use a node that serves eth_getLogs, or give the block of the creation as the start.',
      cause,
    },
  )
}
