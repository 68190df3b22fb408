import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import { type BlockRows, compileMatrixProduct, type MatrixProduct } from './matrix-product.ts'
import { memoryOf } from './wasm-memory.ts'

/**
 * out [rows, columns] = max(floor, start + left [rows, depth] times right [depth, columns]). Addresses and strides are in bytes, matrices
 * row-major f32 and dense unless a stride says otherwise.
 */
export type DirectProduct = {
  readonly left: number
  readonly right: number
  readonly out: number
  readonly rows: number
  readonly depth: number
  readonly columns: number
  /** `columns`: left lies in memory as [depth, rows]. @default 'rows' */
  readonly layout?: 'rows' | 'columns'
  /** From row to row of left as it lies in memory. */
  readonly leftStride?: number
  /** The depth comes in so many stretches; `leftJump` is added to where left would go on after each. @default 1 */
  readonly repeats?: number
  readonly leftJump?: number
  /** What the sums begin with: absent, zeros; `startStride` 0 is a bias of one row. */
  readonly start?: number | undefined
  readonly startStride?: number
  /** 0 is relu. @default -Infinity */
  readonly floor?: number
}

const FLOAT_BYTES = 4
const BLOCK_ROWS = 4
/** Part of right that stays in the caches while all rows of left pass over it. */
const CACHED_BYTES = 131_072

/** Multiplies matrices in the back end's memory where they lie. Counts are positive. */
export function multiplyDirectly(backend: BackendWasm, product: DirectProduct): void {
  const { left, right, out, depth, columns, layout = 'rows', repeats = 1 } = product
  const rowBytes = columns * FLOAT_BYTES
  const step = Math.max(BLOCK_ROWS, Math.floor(CACHED_BYTES / rowBytes))
  if (repeats > 1 || depth <= step || product.rows <= BLOCK_ROWS) {
    multiplyPart(backend, product)
    return
  }
  const { leftStride = leftStrideOf(product) } = product
  const ahead = layout === 'rows' ? FLOAT_BYTES : leftStride
  for (let from = 0; from < depth; from += step)
    multiplyPart(backend, {
      ...product,
      leftStride,
      left: left + from * ahead,
      right: right + from * rowBytes,
      depth: Math.min(step, depth - from),
      ...(from > 0 && { start: out, startStride: rowBytes }),
      ...(from + step < depth && { floor: Number.NEGATIVE_INFINITY }),
    })
}

function multiplyPart(backend: BackendWasm, product: DirectProduct): void {
  const { rows, layout = 'rows', leftStride = leftStrideOf(product) } = product
  const kernels = kernelsOf(backend)
  const blocked = rows - (rows % BLOCK_ROWS)
  const block = (from: number, count: number, name: keyof MatrixProduct): void => {
    const { left, right, out, depth, columns, repeats = 1, leftJump = 0 } = product
    const { start = 0, startStride = 0, floor = Number.NEGATIVE_INFINITY } = product
    const rowBytes = columns * FLOAT_BYTES
    const leftFrom = left + from * (layout === 'rows' ? leftStride : FLOAT_BYTES)
    const outFrom = out + from * rowBytes
    const startFrom = start + from * startStride
    const sizes = [count, depth, rowBytes, leftStride] as const
    const starts = [repeats, leftJump, startFrom, startStride, floor] as const
    kernels[name](leftFrom, right, outFrom, ...sizes, ...starts)
  }
  if (blocked > 0) block(0, blocked, `${layout}${BLOCK_ROWS}`)
  const rest = rows - blocked
  // Below BLOCK_ROWS.
  if (rest > 0) block(blocked, rest, `${layout}${rest as BlockRows}`)
}

function leftStrideOf({ layout, rows, depth }: DirectProduct): number {
  return (layout === 'columns' ? rows : depth) * FLOAT_BYTES
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
