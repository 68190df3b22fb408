import { randomBytes } from 'node:crypto'
import { ChainError, RANDOMNESS_BYTES } from '@fednode/contracts'
import { AggregatorError } from '../aggregator-error.ts'
import type { RoundRandomness } from '../journal/rounds.ts'
import type { Run } from './coordinator.ts'

/**
 * Draws what the next round's seed is made of: a secret, and the chain's head. Journaled before the round is announced, so that no
 * restart draws again. An aggregator could throw rounds away before it opens one, but then it knows no update yet.
 */
export async function drawRandomness({ deps, state }: Run): Promise<RoundRandomness> {
  const isHead = await lookAgain({ deps, state })
  const { head } = state
  if (head === undefined) {
    throw new AggregatorError('a round cannot open before the chain was seen', {
      code: 'CHAIN_UNSEEN',
    })
  }
  const hash = Buffer.from(head.hash.slice(2), 'hex')
  return {
    reveal: Uint8Array.from(randomBytes(RANDOMNESS_BYTES)),
    block: { number: Number(head.number), hash: Uint8Array.from(hash), isHead },
  }
}

async function lookAgain({ deps, state }: Pick<Run, 'deps' | 'state'>): Promise<boolean> {
  try {
    state.head = await deps.chain.head()
    return true
  } catch (error) {
    if (!(error instanceof ChainError)) throw error
    deps.logger.warn({ code: error.code }, 'the round opens with an older block')
    return false
  }
}
