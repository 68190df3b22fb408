import { describe, expect, it } from 'vitest'
import type { TensorSpec } from '../../../src/codec/weights.ts'
import { decodeUpdate } from '../../../src/compression/decode-update.ts'
import { encodeUpdate } from '../../../src/compression/encode-update.ts'
import type { CompressionSpec } from '../../../src/manifest/types.ts'
import { fromHex, readVectors, toHex } from '../read-vectors.ts'

type Vectors = {
  readonly tensors: readonly TensorSpec[]
  readonly base: string
  readonly weights: string
  readonly updates: readonly {
    readonly compression: CompressionSpec
    readonly hex: string
    readonly decoded: string
    readonly residualBefore?: string
    readonly residual?: string
  }[]
}

const vectors = readVectors<Vectors>('updates')
const base = { specs: vectors.tensors, values: floats(vectors.base) }
const weights = { specs: vectors.tensors, values: floats(vectors.weights) }

function floats(hex: string): Float32Array {
  return new Float32Array(fromHex(hex).buffer)
}

function hexOf(values: Float32Array | undefined): string | undefined {
  return values && toHex(new Uint8Array(values.buffer))
}

describe('updates that Python computed', () => {
  it.each(vectors.updates)('are the same bytes here: %#, $compression', (vector) => {
    const { compression, residualBefore, ...expected } = vector
    const residual = residualBefore === undefined ? undefined : floats(residualBefore)
    const encoded = encodeUpdate({ weights, base, compression, residual })
    expect(toHex(encoded.bytes)).toBe(expected.hex)
    expect(hexOf(encoded.residual)).toBe(expected.residual)
    expect(hexOf(decodeUpdate(fromHex(expected.hex), base, compression).values)).toBe(
      expected.decoded,
    )
  })
})
