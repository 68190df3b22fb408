import type { Code, WasmFunction } from '../wasm/define-function.ts'
import { instantiateWasm } from '../wasm/instantiate-wasm.ts'
import { numberedFunction } from '../wasm/numbered-function.ts'
import { wasm } from '../wasm/stack-instructions.ts'
import type { WasmMemory } from '../wasm/web-assembly.ts'
import { INPUT_TRANSFORM, WINOGRAD_TILE, winogradMatrices } from './winograd-matrices.ts'

/** Transforms of one Winograd tile over all its channels, in the back end's memory. Addresses and strides are in bytes. */
export type TileTransforms = {
  /**
   * Input tile to its 36 transformed planes. Channels lie side by side and are a multiple of 4.
   * @param from - top left of the tile, `rowStride` and `columnStride` from pixel to pixel.
   * @param to - place of the tile in the first plane, `planeStride` from plane to plane.
   */
  inputTile(
    from: number,
    rowStride: number,
    columnStride: number,
    to: number,
    planeStride: number,
    channelBytes: number,
  ): void
  /** 36 planes of products to a tile of outputs, plus `bias` [filters], at least `floor` (0 is relu, -Infinity nothing). */
  outputTile(
    from: number,
    planeStride: number,
    to: number,
    rowStride: number,
    columnStride: number,
    bias: number,
    filterBytes: number,
    floor: number,
  ): void
}

type Matrix = readonly (readonly number[])[]

const VECTOR_BYTES = 16
const SIDE = [...Array(WINOGRAD_TILE).keys()]

/** Compiles the transforms for kernels of one size. They are straight-line SIMD code made from the matrices: plain JavaScript takes ten times as long. */
export function compileTileTransforms(kernelSize: number, memory: WasmMemory): TileTransforms {
  const { output } = winogradMatrices(kernelSize)
  // What the functions were just made to be.
  return instantiateWasm([inputTile(), outputTile(output)], memory) as TileTransforms
}

function inputTile(): WasmFunction {
  const [from, rowStride, columnStride, to, planeStride, bytes] = [0, 1, 2, 3, 4, 5] as const
  const [column, at] = [6, 7] as const
  const firstVector = 8
  const read = (i: number) => firstVector + i
  const half = (i: number, j: number) => firstVector + WINOGRAD_TILE * (1 + i) + j
  const { get, set } = wasm
  const columns = SIDE.flatMap((j) => [
    ...[...get(column), ...set(at)],
    ...SIDE.flatMap((i) => [
      ...get(at),
      ...wasm.load(0),
      ...set(read(i)),
      ...wasm.advance(at, rowStride),
    ]),
    ...SIDE.flatMap((i) => [...combine(INPUT_TRANSFORM[i] ?? [], read), ...set(half(i, j))]),
    ...wasm.advance(column, columnStride),
  ])
  const rows = SIDE.flatMap((i) =>
    SIDE.flatMap((k) => [
      ...get(at),
      ...combine(INPUT_TRANSFORM[k] ?? [], (j) => half(i, j)),
      ...wasm.store(0),
      ...wasm.advance(at, planeStride),
    ]),
  )
  const body = wasm.repeatWhile([
    ...[...get(from), ...set(column), ...columns],
    ...[...get(to), ...set(at), ...rows],
    ...[...step(from), ...step(to), ...countDown(bytes)],
  ])
  const vectors = WINOGRAD_TILE * (WINOGRAD_TILE + 1)
  return numberedFunction({ name: 'inputTile', params: 6, floats: 0, integers: 2, vectors, body })
}

function outputTile(matrix: Matrix): WasmFunction {
  const [from, planeStride, to, rowStride, columnStride, bias, bytes, floor] = [
    0, 1, 2, 3, 4, 5, 6, 7,
  ] as const
  const [at, row] = [8, 9] as const
  const firstVector = 10
  const read = (j: number) => firstVector + j
  const half = (i: number, k: number) => firstVector + WINOGRAD_TILE * (1 + k) + i
  const { get, set } = wasm
  const rows = SIDE.flatMap((i) => [
    ...SIDE.flatMap((j) => [
      ...[...get(at), ...wasm.load(0), ...set(read(j))],
      ...wasm.advance(at, planeStride),
    ]),
    ...matrix.flatMap((weights, k) => [...combine(weights, read), ...set(half(i, k))]),
  ])
  const outputs = matrix.flatMap((weights) => [
    ...[...get(row), ...set(at)],
    ...matrix.flatMap((_, k) => [
      ...[...get(at), ...combine(weights, (i) => half(i, k))],
      ...[...get(bias), ...wasm.load(0), ...wasm.add],
      ...[...get(floor), ...wasm.splat, ...wasm.max, ...wasm.store(0)],
      ...wasm.advance(at, columnStride),
    ]),
    ...wasm.advance(row, rowStride),
  ])
  const body = wasm.repeatWhile([
    ...[...get(from), ...set(at), ...rows],
    ...[...get(to), ...set(row), ...outputs],
    ...[...step(from), ...step(to), ...step(bias), ...countDown(bytes)],
  ])
  const vectors = WINOGRAD_TILE * (1 + matrix.length)
  return numberedFunction({ name: 'outputTile', params: 7, floats: 1, integers: 2, vectors, body })
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

/** To the next four channels. */
function step(address: number): Code {
  return wasm.increase(address, VECTOR_BYTES)
}

/** Leaves what is left on the stack. */
function countDown(bytes: number): Code {
  const less = [...wasm.get(bytes), ...wasm.i32(VECTOR_BYTES), ...wasm.subI32]
  return [...less, ...wasm.set(bytes), ...wasm.get(bytes)]
}
