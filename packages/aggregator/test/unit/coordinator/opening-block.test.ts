import { ChainError, type Registry } from '@fednode/contracts'
import { silentLogger } from '@fednode/protocol'
import { describe, expect, it } from 'vitest'
import { openingBlock } from '../../../src/coordinator/opening-block.ts'
import { fixedRegistry, tinyManifest } from '../../support/tiny-federation.ts'

type Parts = Parameters<typeof openingBlock>[0]

/** A chain whose head is `head()`, and a registry that last saw `seen()`. */
function partsOf(options: {
  readonly head: () => bigint
  readonly seen: () => bigint
  readonly sampleShare?: number
}) {
  const { head, seen, ...rounds } = options
  const calls: string[] = []
  const chain = {
    async head() {
      calls.push('head')
      const number = head()
      return { number, hash: `0x${number.toString(16).padStart(64, '0')}` }
    },
  }
  const registry: Registry = {
    ...fixedRegistry(['alpha', 'beta']),
    async refresh() {
      calls.push('clients')
    },
    get blockNumber() {
      return seen()
    },
  }
  // Only what an opening reads.
  const parts = {
    deps: { chain, registry, logger: silentLogger },
    state: { term: 1 },
    options: { manifest: tinyManifest({ maxSilos: 2, ...rounds }) },
  } as unknown as Parts
  return { parts, calls }
}

describe('the block that a round opens with', () => {
  it('T5: is read before the clients who may be drawn, so that nobody whom it knows is missing', async () => {
    const { parts, calls } = partsOf({ head: () => 7n, seen: () => 8n, sampleShare: 0.5 })
    expect(await openingBlock(parts)).toMatchObject({ number: 7, isHead: true })
    expect(calls).toEqual(['head', 'clients'])
  })

  it('T51: stays the one before while the clients come from a node that is behind', async () => {
    let now = 7n
    const { parts } = partsOf({ head: () => now, seen: () => 8n, sampleShare: 0.5 })
    await openingBlock(parts)
    now = 9n
    expect(await openingBlock(parts)).toMatchObject({ number: 7, isHead: false })
  })

  it('needs no look at the clients where all take part', async () => {
    const { parts, calls } = partsOf({ head: () => 7n, seen: () => 1n })
    expect(await openingBlock(parts)).toMatchObject({ number: 7, isHead: true })
    expect(calls).toEqual(['head'])
  })

  it('is not to be had from a chain that never answered', async () => {
    const { parts } = partsOf({
      head: () => {
        throw new ChainError('away', { code: 'RPC_FAILED' })
      },
      seen: () => 1n,
    })
    await expect(openingBlock(parts)).rejects.toMatchObject({ code: 'CHAIN_UNSEEN' })
  })
})
