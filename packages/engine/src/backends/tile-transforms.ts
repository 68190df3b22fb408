import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import type { Code, WasmFunction } from '../wasm/define-function.ts'
import { instantiateWasm } from '../wasm/instantiate-wasm.ts'
import { numberedFunction } from '../wasm/numbered-function.ts'
import { wasm } from '../wasm/stack-instructions.ts'
import { memoryOf } from './wasm-memory.ts'
import { INPUT_TRANSFORM, type Matrix, winogradMatrices } from './winograd-matrices.ts'

/**
 * Transforms M X M' of square tiles X over all their channels, in the back end's memory. Addresses and strides are in bytes; the element in
 * row i and column j of a tile lies at `from + i * fromRow + j * fromColumn`. Channels lie side by side and are a multiple of 4.
 */
export type TileTransform = (
  from: number,
  fromRow: number,
  fromColumn: number,
  to: number,
  toRow: number,
  toColumn: number,
  channelBytes: number,
) => void

/** The transforms for kernels of one size. */
export type TileTransforms = {
  /** Tile of an image, 6 x 6 to 6 x 6. */
  readonly input: TileTransform
  /** Kernel to 6 x 6. */
  readonly kernel: TileTransform
  /** Gradient of a tile of outputs to 6 x 6. */
  readonly outputGradient: TileTransform
  /** 6 x 6 to the gradient of the kernel. */
  readonly kernelGradient: TileTransform
  /** Products, 6 x 6, to a tile of outputs, plus `bias` [channels], at least `floor` (0 is relu, -Infinity nothing). */
  readonly output: (...args: [...Parameters<TileTransform>, bias: number, floor: number]) => void
}

const VECTOR_BYTES = 16
/** Numbers of parameters and locals; `bias` and `floor` are parameters of `output` only. */
const LOCAL = {
  ...{ from: 0, fromRow: 1, fromColumn: 2, to: 3, toRow: 4, toColumn: 5, bytes: 6 },
  ...{ bias: 7, floor: 8, line: 9, at: 10, firstVector: 11 },
} as const

const compiled = new WeakMap<object, Map<number, TileTransforms>>()

/** The transforms over this back end's memory, compiled once per kernel size. */
export function tileTransformsOf(backend: BackendWasm, kernelSize: number): TileTransforms {
  const known = compiled.get(backend) ?? new Map<number, TileTransforms>()
  compiled.set(backend, known)
  const transforms = known.get(kernelSize) ?? compile(backend, kernelSize)
  known.set(kernelSize, transforms)
  return transforms
}

/** Straight-line SIMD code made from the matrices: plain JavaScript takes ten times as long. */
function compile(backend: BackendWasm, kernelSize: number): TileTransforms {
  const { kernel, output } = winogradMatrices(kernelSize)
  const functions = [
    transform('input', INPUT_TRANSFORM),
    transform('kernel', kernel),
    transform('outputGradient', transposed(output)),
    transform('kernelGradient', transposed(kernel)),
    transform('output', output),
  ]
  // What the functions were just made to be.
  return instantiateWasm(functions, memoryOf(backend)) as TileTransforms
}

function transform(name: keyof TileTransforms, matrix: Matrix): WasmFunction {
  const { from, fromRow, fromColumn, to, toRow, toColumn, bytes, bias } = LOCAL
  const { floor, line, at, firstVector } = LOCAL
  const { get, set, advance } = wasm
  const width = matrix[0]?.length ?? 0
  const read = (i: number) => firstVector + i
  const half = (i: number, j: number) => firstVector + width * (1 + i) + j
  const columns = indexes(width).flatMap((j) => [
    ...[...get(line), ...set(at)],
    ...indexes(width).flatMap((i) => [
      ...[...get(at), ...wasm.load(0), ...set(read(i)), ...advance(at, fromRow)],
    ]),
    ...matrix.flatMap((weights, i) => [...combine(weights, read), ...set(half(i, j))]),
    ...advance(line, fromColumn),
  ])
  const finish = [
    ...[...get(bias), ...wasm.load(0), ...wasm.add],
    ...[...get(floor), ...wasm.splat, ...wasm.max],
  ]
  const rows = matrix.flatMap((_, i) => [
    ...[...get(line), ...set(at)],
    ...matrix.flatMap((weights) => [
      ...[...get(at), ...combine(weights, (j) => half(i, j))],
      ...[...(name === 'output' ? finish : []), ...wasm.store(0), ...advance(at, toColumn)],
    ]),
    ...advance(line, toRow),
  ])
  const next = (address: number): Code => wasm.increase(address, VECTOR_BYTES)
  const body = wasm.repeatWhile([
    ...[...get(from), ...set(line), ...columns, ...get(to), ...set(line), ...rows],
    ...[...next(from), ...next(to), ...next(bias)],
    ...[...wasm.increase(bytes, -VECTOR_BYTES), ...get(bytes)],
  ])
  const vectors = width * (1 + matrix.length)
  return numberedFunction({ name, params: bias + 1, floats: 1, integers: 2, vectors, body })
}

/** Pushes sum_j weights[j] * local(j). */
function combine(weights: readonly number[], local: (j: number) => number): Code {
  const terms = weights.flatMap((weight, j) => (weight === 0 ? [] : [{ weight, j }]))
  return terms.flatMap(({ weight, j }, position) => {
    const value = wasm.get(local(j))
    const isUnit = Math.abs(weight) === 1
    if (position === 0) {
      if (isUnit) return weight > 0 ? value : [...value, ...wasm.negate]
      return [...value, ...wasm.floats(weight), ...wasm.multiply]
    }
    if (isUnit) return [...value, ...(weight > 0 ? wasm.add : wasm.subtract)]
    return [...value, ...wasm.floats(weight), ...wasm.multiply, ...wasm.add]
  })
}

function transposed(matrix: Matrix): Matrix {
  return indexes(matrix[0]?.length ?? 0).map((j) => matrix.map((row) => row[j] ?? 0))
}

function indexes(count: number): readonly number[] {
  return [...Array(count).keys()]
}
