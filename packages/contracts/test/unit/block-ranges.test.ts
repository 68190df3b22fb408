import { BaseError, HttpRequestError, RpcRequestError } from 'viem'
import { describe, expect, it } from 'vitest'
import { type BlockRange, inBlockRanges, MAX_LOG_REQUESTS } from '../../src/reads/block-ranges.ts'

const tooMany = new RpcRequestError({
  body: {},
  url: 'http://127.0.0.1:1',
  error: { code: -32_005, message: 'too many blocks' },
})

const atMost = (blocks: bigint) => (range: BlockRange) => {
  if (range.to - range.from >= blocks) return Promise.reject(tooMany)
  const count = Number(range.to - range.from) + 1
  return Promise.resolve(Array.from({ length: count }, (_, at) => range.from + BigInt(at)))
}

describe('inBlockRanges', () => {
  it.each([1n, 2n, 7n, 64n, 1_000n])(
    'finds every block once, in order, %s at a time',
    async (most) => {
      const blocks = await inBlockRanges({ from: 5n, to: 204n }, atMost(most))
      expect(blocks).toEqual(Array.from({ length: 200 }, (_, at) => BigInt(at) + 5n))
    },
  )

  it('asks once when the node allows the whole range', async () => {
    let requests = 0
    await inBlockRanges({ from: 0n, to: 9_999n }, async () => {
      requests += 1
      return []
    })
    expect(requests).toBe(1)
  })

  it('gives up on a node that refuses a single block', async () => {
    const attempt = inBlockRanges({ from: 3n, to: 3n }, () => Promise.reject(tooMany))
    await expect(attempt).rejects.toMatchObject({ info: { code: 'CHAIN_LOGS_REFUSED' } })
  })

  it('gives up after a bounded number of requests', async () => {
    let requests = 0
    const read = atMost(10n)
    const attempt = inBlockRanges({ from: 0n, to: 100_000n }, async (range) => {
      requests += 1
      return read(range)
    })
    await expect(attempt).rejects.toMatchObject({ info: { code: 'CHAIN_LOGS_REFUSED' } })
    expect(requests).toBeLessThanOrEqual(MAX_LOG_REQUESTS)
  })

  it('learns once how much a node allows', async () => {
    let refused = 0
    const read = atMost(10n)
    await inBlockRanges({ from: 0n, to: 999n }, async (range) => {
      if (range.to - range.from >= 10n) refused += 1
      return read(range)
    })
    expect(refused).toBeLessThanOrEqual(7)
  })

  it('does not split what a silent node would not answer either', async () => {
    let requests = 0
    const silent = new BaseError('x', {
      cause: new HttpRequestError({ url: 'http://127.0.0.1:1' }),
    })
    const attempt = inBlockRanges({ from: 0n, to: 100n }, () => {
      requests += 1
      return Promise.reject(silent)
    })
    await expect(attempt).rejects.toMatchObject({ info: { code: 'RPC_FAILED' } })
    expect(requests).toBe(1)
  })
})
