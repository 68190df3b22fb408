import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import { broadcast_util, getKernel, type TensorInfo, Transpose, util } from '@tensorflow/tfjs-core'
import { EngineError } from '../errors.ts'
import { isDirect, multiplyDirectly } from './direct-product.ts'
import { addressOf } from './wasm-memory.ts'

/** Two stacks of matrices on the wasm back end; the leading dimensions broadcast as in NumPy. */
export type Product = {
  readonly backend: BackendWasm
  readonly a: TensorInfo
  readonly b: TensorInfo
  readonly transposeA: boolean
  readonly transposeB: boolean
  /** What our own kernel is to do with every sum; absent: XNNPACK has to multiply. */
  readonly direct?: { readonly bias?: TensorInfo | undefined; readonly floor: number } | undefined
}

/** One product of two plain matrices: ids of registered tensors and their shapes as [1, rows, columns]. */
export type MatrixIds = {
  readonly a: number
  readonly aShape: readonly number[]
  readonly b: number
  readonly bShape: readonly number[]
  readonly out: number
}

/** A stack of row-major matrices; `release` frees what was made for it. */
type Stack = {
  readonly info: TensorInfo
  readonly outer: readonly number[]
  readonly rows: number
  readonly columns: number
  readonly release: () => void
}

const FLOAT_BYTES = 4
const NOTHING = (): void => {}
/** Shape under which a tensor was first a right operand; see rightOperand. */
const packedShapes = new WeakMap<object, string>()

/**
 * Multiplies every batch item with untransposed operands and returns the stack of products: with our kernel where it is faster, otherwise by
 * calling `multiply`.
 */
export function multiplyMatrices(product: Product, multiply: (ids: MatrixIds) => void): TensorInfo {
  const { backend, direct } = product
  const a = toStack(backend, product.a, product.transposeA)
  const b = toStack(backend, product.b, product.transposeB)
  if (a.columns !== b.rows) throw innerMismatch(product)
  const outer = broadcast_util.assertAndGetBroadcastShape([...a.outer], [...b.outer])
  const out = backend.makeOutput([...outer, a.rows, b.columns], 'float32')
  const stacks = { a, b, out: asStack(out, outer), outer }
  if (direct !== undefined && isDirect(a.rows, a.columns, b.columns))
    multiplyEach(backend, stacks, direct)
  else callEach(backend, stacks, multiply)
  a.release()
  b.release()
  return out
}

type Stacks = {
  readonly a: Stack
  readonly b: Stack
  readonly out: Stack
  readonly outer: readonly number[]
}

function multiplyEach(
  backend: BackendWasm,
  { a, b, out, outer }: Stacks,
  { bias, floor }: NonNullable<Product['direct']>,
): void {
  const sizes = { rows: a.rows, depth: a.columns, columns: b.columns, floor }
  const start = bias === undefined ? {} : { bias: addressOf(backend, bias) }
  for (let i = 0; i < util.sizeFromShape([...outer]); i++)
    multiplyDirectly(backend, {
      ...sizes,
      ...start,
      left: addressIn(backend, a, itemIndex(i, outer, a.outer)),
      right: addressIn(backend, b, itemIndex(i, outer, b.outer)),
      out: addressIn(backend, out, i),
    })
}

function callEach(
  backend: BackendWasm,
  { a, b, out, outer }: Stacks,
  multiply: (ids: MatrixIds) => void,
): void {
  const shapes = { aShape: [1, a.rows, a.columns], bShape: [1, b.rows, b.columns] }
  const count = util.sizeFromShape([...outer])
  const isSingle = count === 1
  for (let i = 0; i < count; i++) {
    const left = isSingle ? whole(backend, a.info) : view(backend, a, itemIndex(i, outer, a.outer))
    const right = isSingle
      ? rightOperand(backend, b)
      : view(backend, b, itemIndex(i, outer, b.outer))
    const result = isSingle ? whole(backend, out.info) : view(backend, out, i)
    multiply({ ...shapes, a: left.id, b: right.id, out: result.id })
    for (const operand of [left, right, result]) operand.release()
  }
}

function toStack(backend: BackendWasm, info: TensorInfo, isTransposed: boolean): Stack {
  const outer = info.shape.slice(0, -2)
  if (!isTransposed) return asStack(info, outer)
  const rank = info.shape.length
  const perm = [...outer.keys(), rank - 1, rank - 2]
  const { kernelFunc } = getKernel(Transpose, 'wasm')
  const turned = kernelFunc({ inputs: { x: info }, backend, attrs: { perm } }) as TensorInfo
  const release = (): void => void backend.disposeData(turned.dataId)
  return { ...asStack(turned, outer), release }
}

function asStack(info: TensorInfo, outer: readonly number[]): Stack {
  const [rows = 1, columns = 1] = info.shape.slice(-2)
  return { info, outer, rows, columns, release: NOTHING }
}

type Operand = { readonly id: number; readonly release: () => void }

function whole(backend: BackendWasm, info: TensorInfo): Operand {
  return { id: dataOf(backend, info).id, release: NOTHING }
}

/**
 * XNNPACK's packed copy of the right operand is cached under the tensor's id alone, whatever its shape (reshape keeps the id): a second
 * shape gets an id of its own.
 */
function rightOperand(backend: BackendWasm, b: Stack): Operand {
  const shape = `${b.rows}x${b.columns}`
  const known = packedShapes.get(b.info.dataId)
  if (known !== undefined && known !== shape) return view(backend, b, 0)
  packedShapes.set(b.info.dataId, shape)
  return whole(backend, b.info)
}

/** Registers matrix `index` of a stack under a new id, without a copy. */
function view(backend: BackendWasm, stack: Stack, index: number): Operand {
  const { rows, columns } = stack
  const info = backend.makeOutput([1, rows, columns], 'float32', addressIn(backend, stack, index))
  const { id } = dataOf(backend, info)
  const release = (): void => {
    // Not backend.disposeData: the memory belongs to the stack.
    backend.wasm.tfjs.disposeData(id)
    backend.dataIdMap.delete(info.dataId)
  }
  return { id, release }
}

/** Where matrix `index` of a stack begins, in bytes. */
function addressIn(backend: BackendWasm, { info, rows, columns }: Stack, index: number): number {
  return addressOf(backend, info) + index * rows * columns * FLOAT_BYTES
}

function dataOf(backend: BackendWasm, info: TensorInfo) {
  return backend.dataIdMap.get(info.dataId)
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
