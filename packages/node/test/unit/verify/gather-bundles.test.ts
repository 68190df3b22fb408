import { type Evidence, encodeEvidence, MAX_EVIDENCE_BYTES } from '@fednode/aggregator'
import { type BlobRef, cidOfBlob } from '@fednode/protocol'
import { describe, expect, test } from 'vitest'
import { sampleEvidence } from '../../../../aggregator/test/support/sample-evidence.ts'
import type { BlobSource } from '../../../src/verify/blob-source.ts'
import { gatherBundles } from '../../../src/verify/gather-bundles.ts'

const sample = await sampleEvidence(2, (coalition) => Number(coalition) * 1e11)
const { previous: _, ...first } = sample

function sourceOf(bundles: readonly Evidence[], latest?: BlobRef) {
  const blobs = new Map<string, Uint8Array>()
  const refs = bundles.map((evidence): BlobRef => {
    const bytes = encodeEvidence(evidence)
    const cid = cidOfBlob(bytes)
    blobs.set(cid, bytes)
    return { cid, size: bytes.length }
  })
  const asked: string[] = []
  const source: BlobSource = {
    async get({ cid }) {
      asked.push(cid)
      return blobs.get(cid) ?? new Uint8Array()
    },
    latest: async () => latest ?? refs.at(-1),
    close: async () => {},
  }
  return { source, refs, asked }
}

const gather = (source: BlobSource, known: ReadonlyMap<number, BlobRef>) =>
  gatherBundles(source, { known, first: 1, onBundle: () => {} })

describe('gatherBundles', () => {
  test('T35: an aggregator that tells of an old round as the newest hides none that is known here', async () => {
    const { source, refs } = sourceOf([
      { ...first, round: 2 },
      { ...first, round: 1 },
    ])
    const [second, told] = refs
    if (second === undefined || told === undefined) throw new RangeError('two bundles')
    const bundles = await gather(source, new Map([[2, second]]))
    expect([...bundles.keys()]).toContain(2)
  })

  test('T8: a bundle that is larger than any can be is not asked for', async () => {
    const huge = { cid: cidOfBlob(Uint8Array.of(1)), size: MAX_EVIDENCE_BYTES + 1 }
    const { source, asked } = sourceOf([], huge)
    const bundles = await gather(source, new Map([[1, huge]]))
    expect(bundles.get(1)).toMatchObject({ missing: { code: 'EVIDENCE_TOO_LARGE' } })
    expect(asked).toEqual([])
  })

  test('T8: a bundle of a round that no federation reaches does not hold anybody up', async () => {
    const { source } = sourceOf([{ ...first, round: Number.MAX_SAFE_INTEGER }])
    expect(await gather(source, new Map())).toEqual(new Map())
  })
})
