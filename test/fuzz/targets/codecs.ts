import {
  type CompressionSpec,
  decodeCanonical,
  decodeSafetensors,
  decodeUpdate,
  decodeWeights,
  encodeCanonical,
  encodeUpdate,
  encodeWeights,
  parseStrictJson,
  type Weights,
} from '../../../packages/protocol/src/index.ts'
import type { FuzzTarget } from '../fuzz-target.ts'
import { textBytes, textOf } from '../text-bytes.ts'

const MAX_BYTES = 8 * 1_048_576

const specs = [
  { name: '0/kernel', shape: [3, 4] },
  { name: '0/bias', shape: [4] },
]
const base: Weights = { specs, values: new Float32Array(16).fill(0.25) }
const trained: Weights = { specs, values: Float32Array.from({ length: 16 }, (_, i) => i / 16) }

const COMPRESSIONS: readonly CompressionSpec[] = [
  { kind: 'fp16' },
  { kind: 'int8' },
  { kind: 'top-k', ratio: 0.25 },
]

/** What files and numbers travel in. */
export const codecTargets: readonly FuzzTarget[] = [
  {
    name: 'canonical CBOR',
    corpus: [
      encodeCanonical({
        a: 1,
        b: [true, null, 'text', new Uint8Array(9)],
        c: { d: -5, e: 2 ** 40 },
      }),
      encodeCanonical([[[[1]]], 'ü', -7]),
    ],
    parse: (bytes) => decodeCanonical(bytes) !== undefined,
    maxBytes: MAX_BYTES,
  },
  {
    name: 'JSON of safetensors',
    corpus: textBytes(
      '{"a":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]},"b":[1,-2.5e3,null]}',
    ),
    parse: (bytes) => parseStrictJson(textOf(bytes)) !== undefined,
    maxBytes: MAX_BYTES,
  },
  {
    name: 'safetensors',
    corpus: [encodeWeights(base), encodeWeights(trained)],
    parse: (bytes) => decodeSafetensors(bytes).size > 0,
    maxBytes: MAX_BYTES,
  },
  {
    name: 'model weights',
    corpus: [encodeWeights(base), encodeWeights(trained)],
    parse: (bytes) => decodeWeights(bytes, specs).values.length === 16,
    maxBytes: MAX_BYTES,
  },
  ...COMPRESSIONS.map(
    (compression): FuzzTarget => ({
      name: `update as ${compression.kind}`,
      corpus: [encodeUpdate({ weights: trained, base, compression, residual: undefined }).bytes],
      parse: (bytes) => decodeUpdate(bytes, base, compression).values.length === 16,
      maxBytes: MAX_BYTES,
    }),
  ),
]
