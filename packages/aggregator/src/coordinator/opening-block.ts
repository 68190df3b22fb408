import { ChainError } from '@fednode/contracts'
import type { OpeningBlock } from '@fednode/protocol'
import { AggregatorError } from '../aggregator-error.ts'
import type { FederatorChain } from '../chain/federator-chain.ts'
import type { Run } from './coordinator.ts'

/** What a round opens with where there is no chain: 0 and zeros, so that its seed follows from the aggregator's secret alone. */
const NO_BLOCK: OpeningBlock = { number: 0, hash: new Uint8Array(32), isHead: false }

/**
 * The block that a round opens with: the chain's head, or the newest that is known while the chain does not answer.
 * @throws {AggregatorError} CHAIN_UNSEEN when it never answered.
 */
export async function openingBlock(run: Pick<Run, 'deps' | 'state'>): Promise<OpeningBlock> {
  const { chain } = run.deps
  if (chain === undefined) return NO_BLOCK
  const isHead = await lookAgain(run, chain)
  const { head } = run.state
  if (head === undefined) {
    throw new AggregatorError('a round cannot open before the chain was seen', {
      code: 'CHAIN_UNSEEN',
    })
  }
  const hash = Uint8Array.from(Buffer.from(head.hash.slice(2), 'hex'))
  return { number: Number(head.number), hash, isHead }
}

async function lookAgain(
  { deps, state }: Pick<Run, 'deps' | 'state'>,
  chain: FederatorChain,
): Promise<boolean> {
  try {
    state.head = await chain.head()
    return true
  } catch (error) {
    if (!(error instanceof ChainError)) throw error
    deps.logger.warn({ code: error.code }, 'the round opens with an older block')
    return false
  }
}
