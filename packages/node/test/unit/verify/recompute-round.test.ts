import type { Evidence } from '@fednode/aggregator'
import { createEngine, type Engine } from '@fednode/engine'
import { BlobError, cidOfBlob, type Manifest } from '@fednode/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RecomputeMeans, recomputeRound } from '../../../src/verify/recompute-round.ts'

const BASE = { cid: cidOfBlob(Uint8Array.of(1)), size: 1 }
// Only what is looked at before the first blob.
const evidence = {
  ...{ round: 2, base: BASE, silos: [], stateBefore: [], backend: 'cpu' },
} as unknown as Evidence
const manifest = {
  task: 'classification',
  training: {},
  model: {
    className: 'Sequential',
    layers: [{ className: 'Dense', config: { units: 2, activation: 'softmax' } }],
  },
  data: { kind: 'array', shape: [2], classes: ['no', 'yes'] },
} as unknown as Manifest

let engine: Engine
beforeAll(async () => {
  engine = await createEngine({ backend: 'cpu' })
})
afterAll(() => engine.dispose())

/** A source whose aggregator refuses everything. */
function means(expectsUpdates: boolean): RecomputeMeans {
  const info = {
    code: 'BLOB_UNAVAILABLE',
    cid: BASE.cid,
    reasons: { aggregator: 'REFUSED' },
  } as const
  const refused = new BlobError('nobody delivers it', info)
  return {
    engine,
    expectsUpdates,
    validation: {
      ...{ count: 1, featureShape: [2], featureScale: 1 },
      features: new Float32Array(2),
      targets: { kind: 'classes', labels: new Int32Array(1), classes: 2 },
    },
    scratch: '/nowhere',
    signal: new AbortController().signal,
    source: {
      get: () => Promise.reject(refused),
      latest: async () => undefined,
      close: async () => {},
    },
    initialModel: { cid: cidOfBlob(Uint8Array.of(2)), bytes: Uint8Array.of(2) },
  }
}

describe('recomputeRound', () => {
  it('T35: fails when the aggregator refuses a verifier what the manifest promises it', async () => {
    const { checks } = await recomputeRound(evidence, manifest, means(true))
    expect(checks).toMatchObject([{ status: 'FAIL', code: 'MISSING_BLOB', round: 2 }])
  })

  it('T10: is skipped, with the reason, by a peer that may not have updates', async () => {
    const { checks } = await recomputeRound(evidence, manifest, means(false))
    expect(checks).toMatchObject([
      { status: 'SKIP', detail: expect.stringContaining('this peer is none of them') },
    ])
  })
})
