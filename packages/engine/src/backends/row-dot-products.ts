import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import { compileRowDots, type RowDots } from './row-dots.ts'
import { memoryOf } from './wasm-memory.ts'

/** out [rows, columns] = left [rows, depth] times right [columns, depth] transposed; addresses in bytes, row-major dense f32. */
export type RowDotProducts = {
  readonly left: number
  readonly right: number
  readonly out: number
  readonly rows: number
  readonly depth: number
  readonly columns: number
}

const FLOAT_BYTES = 4
const BLOCK_ROWS = 2
const BLOCK_COLUMNS = 4

/** Multiplies with a transposed right operand in the back end's memory, without a copy of it. Counts are positive. */
export function multiplyByRows(backend: BackendWasm, product: RowDotProducts): void {
  const { left, right, out, rows, depth, columns } = product
  const kernels = kernelsOf(backend)
  const evenRows = rows - (rows % BLOCK_ROWS)
  const wideColumns = columns - (columns % BLOCK_COLUMNS)
  const rowParts = [
    { from: 0, count: evenRows, block: BLOCK_ROWS },
    { from: evenRows, count: rows - evenRows, block: 1 },
  ] as const
  const columnParts = [
    { from: 0, count: wideColumns, block: BLOCK_COLUMNS },
    { from: wideColumns, count: columns - wideColumns, block: 1 },
  ] as const
  for (const row of rowParts)
    for (const column of columnParts) {
      if (row.count === 0 || column.count === 0) continue
      kernels[`dots${row.block}x${column.block}`](
        left + row.from * depth * FLOAT_BYTES,
        right + column.from * depth * FLOAT_BYTES,
        out + (row.from * columns + column.from) * FLOAT_BYTES,
        row.count,
        column.count,
        depth,
        columns * FLOAT_BYTES,
      )
    }
}

const compiled = new WeakMap<object, RowDots>()

/** The kernels over this back end's memory, compiled once. */
function kernelsOf(backend: BackendWasm): RowDots {
  const known = compiled.get(backend)
  if (known !== undefined) return known
  const kernels = compileRowDots(memoryOf(backend))
  compiled.set(backend, kernels)
  return kernels
}
