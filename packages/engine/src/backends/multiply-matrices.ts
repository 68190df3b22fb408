import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import { broadcast_util, getKernel, type TensorInfo, Transpose, util } from '@tensorflow/tfjs-core'
import { EngineError } from '../errors.ts'
import { multiplyDirectly } from './direct-product.ts'
import { multiplyByRows } from './row-dot-products.ts'
import { addressOf } from './wasm-memory.ts'

/** Two stacks of f32 matrices on the wasm back end; the leading dimensions broadcast as in NumPy. */
export type Product = {
  readonly backend: BackendWasm
  readonly a: TensorInfo
  readonly b: TensorInfo
  readonly transposeA: boolean
  readonly transposeB: boolean
  /** [columns], added to every row. */
  readonly bias?: TensorInfo | undefined
  /** Results are at least this: 0 is relu. @default -Infinity */
  readonly floor?: number
}

/** A stack of row-major matrices as they lie in memory. */
type Stack = {
  readonly info: TensorInfo
  readonly outer: readonly number[]
  readonly rows: number
  readonly columns: number
}

type Sizes = { readonly rows: number; readonly depth: number; readonly columns: number }

const FLOAT_BYTES = 4

/**
 * Multiplies every batch item where the operands lie; a transposed operand is copied only where both are, or where something is added.
 * @throws {EngineError} SHAPE_MISMATCH.
 */
export function multiplyMatrices(product: Product): TensorInfo {
  const { backend, transposeA, transposeB, bias, floor = Number.NEGATIVE_INFINITY } = product
  const isPlain = bias === undefined && floor === Number.NEGATIVE_INFINITY && !transposeA
  if (transposeB && !isPlain) return withTurnedRight(product)
  const a = asStack(product.a)
  const b = asStack(product.b)
  const sizes: Sizes = {
    rows: transposeA ? a.columns : a.rows,
    depth: transposeA ? a.rows : a.columns,
    columns: transposeB ? b.rows : b.columns,
  }
  if (sizes.depth !== (transposeB ? b.columns : b.rows)) throw innerMismatch(product)
  const outer = broadcast_util.assertAndGetBroadcastShape([...a.outer], [...b.outer])
  const out = backend.makeOutput([...outer, sizes.rows, sizes.columns], 'float32')
  multiplyEach(product, { a, b, out: { ...asStack(out), outer }, sizes })
  return out
}

function withTurnedRight(product: Product): TensorInfo {
  const { backend, b } = product
  const rank = b.shape.length
  const perm = [...b.shape.keys()].with(-1, rank - 2).with(-2, rank - 1)
  const { kernelFunc } = getKernel(Transpose, 'wasm')
  const turned = kernelFunc({ inputs: { x: b }, backend, attrs: { perm } }) as TensorInfo
  const out = multiplyMatrices({ ...product, b: turned, transposeB: false })
  backend.disposeData(turned.dataId)
  return out
}

type Operands = {
  readonly a: Stack
  readonly b: Stack
  readonly out: Stack
  readonly sizes: Sizes
}

function multiplyEach(product: Product, { a, b, out, sizes }: Operands): void {
  const { backend, transposeA, transposeB, bias, floor } = product
  const count = util.sizeFromShape([...out.outer])
  if (count * sizes.rows * sizes.columns === 0) return
  if (sizes.depth === 0) throw innerMismatch(product)
  const layout = transposeA ? 'columns' : 'rows'
  const extra = {
    layout,
    ...(bias !== undefined && { start: addressOf(backend, bias), startStride: 0 }),
    ...(floor !== undefined && { floor }),
  } as const
  for (let i = 0; i < count; i++) {
    const operands = {
      left: addressIn(backend, a, itemIndex(i, out.outer, a.outer)),
      right: addressIn(backend, b, itemIndex(i, out.outer, b.outer)),
      out: addressIn(backend, out, i),
      ...sizes,
    }
    if (transposeB) multiplyByRows(backend, operands)
    else multiplyDirectly(backend, { ...operands, ...extra })
  }
}

function asStack(info: TensorInfo): Stack {
  const [rows = 1, columns = 1] = info.shape.slice(-2)
  return { info, outer: info.shape.slice(0, -2), rows, columns }
}

/** Where matrix `index` of a stack begins, in bytes. */
function addressIn(backend: BackendWasm, { info, rows, columns }: Stack, index: number): number {
  return addressOf(backend, info) + index * rows * columns * FLOAT_BYTES
}

/** Which item of an input with `inputOuter` dimensions item `index` of the `outer` dimensions uses. */
function itemIndex(index: number, outer: readonly number[], inputOuter: readonly number[]): number {
  let rest = index
  let stride = 1
  let item = 0
  for (let i = 1; i <= inputOuter.length; i++) {
    const dimension = inputOuter[inputOuter.length - i] ?? 1
    const outDimension = outer[outer.length - i] ?? 1
    const coordinate = rest % outDimension
    rest = Math.floor(rest / outDimension)
    if (dimension !== 1) item += coordinate * stride
    stride *= dimension
  }
  return item
}

function innerMismatch({ a, b, transposeA, transposeB }: Product): EngineError {
  const name = (info: TensorInfo, isTransposed: boolean) =>
    `[${info.shape.join(',')}]${isTransposed ? ' transposed' : ''}`
  return new EngineError(
    `Inner dimensions of ${name(a, transposeA)} and ${name(b, transposeB)} differ`,
    {
      code: 'SHAPE_MISMATCH',
      expected: name(a, transposeA),
      actual: name(b, transposeB),
    },
  )
}
