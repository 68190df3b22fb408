import { createHash } from 'node:crypto'
import { createGram } from '../slices/create-gram.ts'
import { SLICE_VALUES } from '../slices/slice-values.ts'
import type { ValueSource } from '../strategies/types.ts'

/** Values that directions are compared on: a linear dependence holds on any part, and a hundred silos take a second. */
const SAMPLED_VALUES = 262_144
/** Neighbouring values that are sampled together, in blocks spread evenly, so that every layer is met. */
const BLOCK_VALUES = 4_096

/** How a round's updates lie to the base and to each other. */
export type ChangeMeasures = {
  readonly baseNorm: number
  /** L2 norm of (update - base). */
  readonly norms: readonly number[]
  /** SHA-256 over each update's values as little-endian f32: the same for any file that holds them. */
  readonly digests: readonly Uint8Array[]
  /** Cosine between two changes, over the sampled values. */
  cosine(i: number, j: number): number
  /** How many values that are. */
  readonly sampled: number
}

/** Measures all updates, slice by slice; sums run in f64. */
export function measureChanges(base: ValueSource, updates: readonly ValueSource[]): ChangeMeasures {
  const each = updates.map((update) => measureOne(base, update))
  const zero: ValueSource = { length: base.length, read: (_, target) => void target.fill(0) }
  return {
    baseNorm: measureOne(zero, base).norm,
    norms: each.map(({ norm }) => norm),
    digests: each.map(({ digest }) => digest),
    ...compareChanges(base, updates),
  }
}

function measureOne(
  base: ValueSource,
  update: ValueSource,
): { readonly norm: number; readonly digest: Uint8Array } {
  const hash = createHash('sha256')
  const row = new Float32Array(Math.min(SLICE_VALUES, base.length))
  const origin = new Float32Array(row.length)
  let square = 0
  for (let start = 0; start < base.length; start += SLICE_VALUES) {
    const values = row.subarray(0, Math.min(SLICE_VALUES, base.length - start))
    const from = origin.subarray(0, values.length)
    update.read(start, values)
    base.read(start, from)
    hash.update(new Uint8Array(values.buffer, 0, values.byteLength))
    for (let i = 0; i < values.length; i++) square += ((values[i] ?? 0) - (from[i] ?? 0)) ** 2
  }
  return { norm: Math.sqrt(square), digest: Uint8Array.from(hash.digest()) }
}

function compareChanges(
  base: ValueSource,
  updates: readonly ValueSource[],
): Pick<ChangeMeasures, 'cosine' | 'sampled'> {
  const { length } = base
  const gram = createGram(
    updates.map((source) => ({ source, change: { factor: 1, carry: 0 } })),
    base,
  )
  const stride = BLOCK_VALUES * Math.max(1, Math.ceil(length / SAMPLED_VALUES))
  let sampled = 0
  for (let start = 0; start < length; start += stride) {
    const count = Math.min(BLOCK_VALUES, length - start)
    gram.addSlice(start, count)
    sampled += count
  }
  return {
    sampled,
    cosine(i, j) {
      const scale = Math.sqrt(gram.product(i, i) * gram.product(j, j))
      return scale === 0 ? Number(i === j) : gram.product(i, j) / scale
    },
  }
}
