import { ChainError } from '../chain-error.ts'
import { explainFailure } from '../explain-failure.ts'

/** Most requests for one look through the logs; a node that allows a thousand blocks each gets through a million. */
export const MAX_LOG_REQUESTS = 1_000

/** Blocks from `from` to `to`, both included. */
export type BlockRange = { readonly from: bigint; readonly to: bigint }

/**
 * Reads logs of a range whole, or in halves as often as the node says that the range is too large for it.
 * @returns all results in block order.
 * @throws {ChainError} RPC_FAILED; CHAIN_LOGS_REFUSED after MAX_LOG_REQUESTS or when the node refuses a single block.
 */
export async function inBlockRanges<T>(
  whole: BlockRange,
  read: (range: BlockRange) => Promise<readonly T[]>,
): Promise<T[]> {
  const found: T[] = []
  const waiting: BlockRange[] = [whole]
  for (let requests = 1; ; requests += 1) {
    const range = waiting.shift()
    if (range === undefined) return found
    try {
      found.push(...(await read(range)))
    } catch (error) {
      const failure = explainFailure(error)
      if (failure.code === 'RPC_FAILED') throw failure
      if (range.from >= range.to || requests >= MAX_LOG_REQUESTS) throw refused(range, failure)
      const middle = (range.from + range.to) / 2n
      waiting.unshift({ from: range.from, to: middle }, { from: middle + 1n, to: range.to })
    }
  }
}

function refused(range: BlockRange, cause: ChainError): ChainError {
  return new ChainError(
    `the chain refuses the events of blocks ${range.from} to ${range.to} (${cause.message})`,
    {
      code: 'CHAIN_LOGS_REFUSED',
      hint: 'Use a node that serves eth_getLogs, or give the block of the creation as the start.',
      cause,
    },
  )
}
