import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import { compileMatrixProduct, isMultipliable, type MatrixProduct } from './matrix-product.ts'
import { memoryOf } from './wasm-memory.ts'

/** out [rows, columns] = max(floor, bias + left [rows, depth] times right [depth, columns]); addresses in bytes, row-major f32. */
export type DirectProduct = {
  readonly left: number
  readonly right: number
  readonly out: number
  readonly rows: number
  readonly depth: number
  readonly columns: number
  /** [columns]; absent: zeros. */
  readonly bias?: number | undefined
  /** 0 is relu, -Infinity nothing. */
  readonly floor: number
}

const FLOAT_BYTES = 4
const BLOCK_ROWS = 4
/** A larger right operand does not stay in the second-level cache; XNNPACK, which packs it into panels, is faster then. */
const MAX_RIGHT_BYTES = 1_048_576

/** Whether multiplyDirectly takes these sizes, and faster than XNNPACK. */
export function isDirect(rows: number, depth: number, columns: number): boolean {
  const rightBytes = depth * columns * FLOAT_BYTES
  return rows > 0 && depth > 0 && isMultipliable(columns) && rightBytes <= MAX_RIGHT_BYTES
}

/** Multiplies matrices in the back end's memory where they lie. */
export function multiplyDirectly(backend: BackendWasm, operands: DirectProduct): void {
  const { left, right, out, rows, depth, columns, bias, floor } = operands
  const kernels = kernelsOf(backend)
  const rowBytes = columns * FLOAT_BYTES
  const [four, single] =
    bias === undefined
      ? [kernels.fourRows, kernels.singleRows]
      : [kernels.fourRowsFromBias, kernels.singleRowsFromBias]
  const blocked = rows - (rows % BLOCK_ROWS)
  if (blocked > 0) four(left, right, out, blocked, depth, rowBytes, bias ?? 0, floor)
  if (blocked === rows) return
  const rest = left + blocked * depth * FLOAT_BYTES
  single(rest, right, out + blocked * rowBytes, rows - blocked, depth, rowBytes, bias ?? 0, floor)
}

const compiled = new WeakMap<object, MatrixProduct>()

/** The kernels over this back end's memory, compiled once. */
function kernelsOf(backend: BackendWasm): MatrixProduct {
  const known = compiled.get(backend)
  if (known !== undefined) return known
  const kernels = compileMatrixProduct(memoryOf(backend))
  compiled.set(backend, kernels)
  return kernels
}
