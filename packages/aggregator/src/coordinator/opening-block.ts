import { ChainError } from '@fednode/contracts'
import type { OpeningBlock } from '@fednode/protocol'
import { AggregatorError } from '../aggregator-error.ts'
import type { Run } from './coordinator.ts'

/** What a round opens with where there is no chain: 0 and zeros, so that its seed follows from the aggregator's secret alone. */
const NO_BLOCK: OpeningBlock = { number: 0, hash: new Uint8Array(32), isHead: false }

type Parts = Pick<Run, 'deps' | 'state' | 'options'>

/**
 * The block that a round opens with: the chain's head, or the newest that is known while the chain does not answer.
 * @throws {AggregatorError} CHAIN_UNSEEN when it never answered.
 */
export async function openingBlock(run: Parts): Promise<OpeningBlock> {
  if (run.deps.chain === undefined) return NO_BLOCK
  const isHead = await lookAgain(run)
  const { head } = run.state
  if (head === undefined) {
    throw new AggregatorError('a round cannot open before the chain was seen', {
      code: 'CHAIN_UNSEEN',
    })
  }
  const hash = Uint8Array.from(Buffer.from(head.hash.slice(2), 'hex'))
  return { number: Number(head.number), hash, isHead }
}

async function lookAgain(run: Parts): Promise<boolean> {
  try {
    await lookAtHead(run)
    return true
  } catch (error) {
    if (!(error instanceof ChainError)) throw error
    run.deps.logger.warn({ code: error.code }, 'the round opens with an older block')
    return false
  }
}

/**
 * Looks at the chain's newest block, and, where rounds are drawn, who takes part since: never the other way round, so that nobody whom the
 * block knows is missing in the draw (T5).
 * @throws {ChainError} RPC_FAILED, also when a node that is behind was asked for the clients (T51).
 */
export async function lookAtHead({ deps, state, options }: Parts): Promise<void> {
  const { chain, registry } = deps
  const head = await chain?.head()
  if (head === undefined) return
  if (options.manifest.rounds.sampleShare !== undefined) {
    await registry.refresh()
    if (registry.blockNumber < head.number) throw behind(registry.blockNumber, head.number)
  }
  state.head = head
}

function behind(block: bigint, head: bigint): ChainError {
  const hint = 'A node behind the others was asked. The next look asks again.'
  return new ChainError(`the clients are known as of block ${block}, the head is ${head}`, {
    ...{ code: 'RPC_FAILED', hint },
  })
}
