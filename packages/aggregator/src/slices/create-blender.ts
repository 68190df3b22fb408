import type { ValueSource } from '../strategies/types.ts'
import { instantiate } from './instantiate.ts'
import { addScaled } from './kernels/add-scaled.ts'
import { divide } from './kernels/divide.ts'
import { layOut } from './slice-memory.ts'
import { ROW_BYTES } from './slice-values.ts'

/** Rows that are added at once. */
const GROUP = 4
/** addScaled takes values in eights. */
const STEP = 8

/** A vector and what it weighs in each of the sums that are made; 0 leaves it out. */
export type Term = { readonly source: ValueSource; readonly weights: readonly number[] }

/** Weighted sums of one slice; all arrays are valid until the next call. */
export type Blender = {
  /** sum_k = sum over terms of weights[k] * source, in f64 in the order of the terms; every vector is read once. */
  readonly sumSlice: (terms: readonly Term[], start: number, count: number) => void
  readonly sums: (k: number, count: number) => Float64Array
  /** f32(sum_k / divisor). */
  readonly quotients: (k: number, divisor: number, count: number) => Float32Array
}

/** Makes `outputs` sums at a time. */
export function createBlender(outputs: number): Blender {
  const { memory, at, floats, doubles } = layOut({
    rows: GROUP * ROW_BYTES,
    quotients: ROW_BYTES,
    sums: outputs * 2 * ROW_BYTES,
  })
  const kernels = Array.from({ length: GROUP }, (_, i) => addScaled(i + 1))
  const kernel = instantiate(memory, [...kernels, divide])
  const sumsAt = (k: number): number => at.sums + k * 2 * ROW_BYTES
  const add = (rows: readonly Row[], k: number, count: number): void => {
    const end = (rows[0]?.address ?? 0) + 4 * STEP * Math.ceil(count / STEP)
    const weights = rows.map(({ term }) => term.weights[k] ?? 0)
    kernel(`addScaled${rows.length}`)(sumsAt(k), rows[0]?.address ?? 0, end, ...weights)
  }
  return {
    sumSlice: (terms, start, count) => {
      for (let k = 0; k < outputs; k++) doubles(sumsAt(k), STEP * Math.ceil(count / STEP)).fill(0)
      for (let i = 0; i < terms.length; i += GROUP) {
        const rows = terms
          .slice(i, i + GROUP)
          .map((term, row) => ({ term, address: at.rows + row * ROW_BYTES }))
        for (const { term, address } of rows) term.source.read(start, floats(address, count))
        for (let k = 0; k < outputs; k++) {
          for (const part of runsOf(rows, k)) add(part, k, count)
        }
      }
    },
    sums: (k, count) => doubles(sumsAt(k), count),
    quotients: (k, divisor, count) => {
      kernel('divide')(sumsAt(k), at.quotients, at.quotients + 8 * Math.ceil(count / 2), divisor)
      return floats(at.quotients, count)
    },
  }
}

type Row = { readonly term: Term; readonly address: number }

/** Neighbouring rows that weigh something in sum `k`: a row of weight 0 is not touched, it may hold what is not finite. */
function runsOf(rows: readonly Row[], k: number): Row[][] {
  const runs: Row[][] = [[]]
  for (const row of rows) {
    if (row.term.weights[k] === 0) runs.push([])
    else runs.at(-1)?.push(row)
  }
  return runs.filter((run) => run.length > 0)
}
