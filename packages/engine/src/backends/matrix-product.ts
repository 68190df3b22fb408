import type { Code, WasmFunction } from '../wasm/define-function.ts'
import { instantiateWasm } from '../wasm/instantiate-wasm.ts'
import { numberedFunction } from '../wasm/numbered-function.ts'
import { wasm } from '../wasm/stack-instructions.ts'
import type { WasmMemory } from '../wasm/web-assembly.ts'

/** How many rows of results a function computes at once. */
export type BlockRows = 1 | 2 | 3 | 4

/**
 * Products in one memory: out [rows, columns] = max(floor, start + left times right), where right [repeats * depth, columns] is row-major.
 * `rows` functions read left (i, k) at `left + i * leftStride + 4 * k`, `columns` functions at `left + 4 * i + k * leftStride`, which is a
 * transposed left operand. After every `depth` steps the left pointers jump by `leftJump`, so that patches of an image are rows
 * without being copied. The number in a name divides `rows`. Counts are positive.
 */
export type MatrixProduct = Readonly<Record<`${Layout}${BlockRows}`, ProductFunction>>

/** Addresses and strides are in bytes, `rowBytes` is 4 * columns, of right and out; a `start` of 0 stands for zeros, otherwise row i of it begins at `start + i * startStride`. */
type ProductFunction = (
  left: number,
  right: number,
  out: number,
  rows: number,
  depth: number,
  rowBytes: number,
  leftStride: number,
  repeats: number,
  leftJump: number,
  start: number,
  startStride: number,
  floor: number,
) => void

type Layout = 'rows' | 'columns'

/** What a function keeps in registers: `rows` by `columns` sums. */
type Block = { readonly layout: Layout; readonly rows: number; readonly columns: 8 | 4 | 1 }

const BLOCK_ROWS: readonly BlockRows[] = [1, 2, 3, 4]
/** With four rows 8 sums, 2 values of right, 1 of left and 1 product, of the 16 registers that x86 has. */
const WIDEST = 8
const VECTOR = 4
const FLOAT_BYTES = 4
const VECTOR_BYTES = VECTOR * FLOAT_BYTES

/** Numbers of parameters and i32 locals; `leftRow` is the first of the pointers into left. */
const LOCAL = {
  ...{ left: 0, right: 1, out: 2, rows: 3, depth: 4, rowBytes: 5, leftStride: 6 },
  ...{ repeats: 7, leftJump: 8, start: 9, startStride: 10, floor: 11 },
  ...{ column: 12, k: 13, rightRow: 14, row: 15, repeat: 16, leftRow: 17 },
} as const
const PARAMETERS = { params: 11, floats: 1 } as const

/**
 * Compiles the products. Every sum begins with its start and runs over the depth in order, without fused multiply-add: a row's result
 * depends on no other row, and is the same on every machine.
 */
export function compileMatrixProduct(memory: WasmMemory): MatrixProduct {
  const functions = (['rows', 'columns'] as const).flatMap((layout) =>
    BLOCK_ROWS.map((rows) => product(layout, rows)),
  )
  // What the functions were just made to be.
  return instantiateWasm(functions, memory) as MatrixProduct
}

function product(layout: Layout, rows: BlockRows): WasmFunction {
  const { left, out, leftStride, rowBytes, start, startStride, leftRow } = LOCAL
  const { get, set, i32 } = wasm
  const nextBlock = (address: number, bytes: Code): Code => [
    ...[...get(address), ...bytes, ...i32(rows), ...wasm.multiplyI32],
    ...[...wasm.addI32, ...set(address)],
  ]
  const body = wasm.repeatWhile([
    ...[...i32(0), ...set(LOCAL.column), ...overColumns({ layout, rows })],
    ...nextBlock(left, layout === 'rows' ? get(leftStride) : i32(FLOAT_BYTES)),
    ...[...nextBlock(out, get(rowBytes)), ...nextBlock(start, get(startStride))],
    ...[...wasm.increase(LOCAL.rows, -rows), ...get(LOCAL.rows)],
  ])
  const { params, floats } = PARAMETERS
  const integers = leftRow + rows - params - floats
  const vectors = 2 * rows + 3
  return numberedFunction({ name: `${layout}${rows}`, params, floats, integers, vectors, body })
}

/** One block of rows: all its results, as many columns at a time as there are. */
function overColumns(block: Pick<Block, 'layout' | 'rows'>): Code {
  const { rowBytes, column } = LOCAL
  const { get, i32 } = wasm
  const step = (columns: Block['columns']): Code => [
    ...oneBlock({ ...block, columns }),
    ...wasm.increase(column, columns * FLOAT_BYTES),
  ]
  const left = (mask: number): Code => [...get(rowBytes), ...i32(mask), ...wasm.and]
  const widest = left(-WIDEST * FLOAT_BYTES)
  return [
    ...wasm.when(
      widest,
      wasm.repeatWhile([...step(WIDEST), ...widest, ...get(column), ...wasm.subI32]),
    ),
    ...wasm.when(left(VECTOR_BYTES), step(VECTOR)),
    ...wasm.when(
      left(VECTOR_BYTES - FLOAT_BYTES),
      wasm.repeatWhile([...step(1), ...get(rowBytes), ...get(column), ...wasm.subI32]),
    ),
  ]
}

function oneBlock(block: Block): Code {
  const { right, out, rowBytes, start, startStride, repeats, leftJump, floor } = LOCAL
  const { column, rightRow, row, repeat } = LOCAL
  const { get, set } = wasm
  const plusColumn = (address: number): Code => [...get(address), ...get(column), ...wasm.addI32]
  const sums = sumsOf(block)
  return [
    ...sums.flatMap(({ sum }) => [...wasm.floats(0), ...set(sum)]),
    ...wasm.when(get(start), [
      ...[...plusColumn(start), ...set(row)],
      ...sums.flatMap(({ half, isLast, sum }) => [
        ...[...get(row), ...load(block, half), ...set(sum)],
        ...(isLast ? wasm.advance(row, startStride) : []),
      ]),
    ]),
    ...[...pointLeft(block), ...plusColumn(right), ...set(rightRow), ...get(repeats)],
    ...set(repeat),
    ...wasm.repeatWhile([
      ...[
        ...overDepth(block),
        ...leftPointers(block).flatMap((pointer) => wasm.advance(pointer, leftJump)),
      ],
      ...[...wasm.increase(repeat, -1), ...get(repeat)],
    ]),
    ...[...plusColumn(out), ...set(row)],
    ...sums.flatMap(({ half, isLast, sum }) => [
      ...[...get(row), ...get(sum), ...get(floor), ...wasm.splat, ...wasm.max],
      ...(block.columns === 1 ? wasm.storeFirst(0) : wasm.store(half * VECTOR_BYTES)),
      ...(isLast ? wasm.advance(row, rowBytes) : []),
    ]),
  ]
}

function pointLeft({ layout, rows }: Block): Code {
  const { left, leftStride, leftRow } = LOCAL
  const { get, set } = wasm
  const first = [...get(left), ...set(leftRow)]
  if (layout === 'columns') return first
  const others = indexes(rows - 1).flatMap((i) => [
    ...[...get(leftRow + i), ...get(leftStride), ...wasm.addI32, ...set(leftRow + i + 1)],
  ])
  return [...first, ...others]
}

/** Adds left times right to the block's sums, four steps of the depth at a time, then one. */
function overDepth(block: Block): Code {
  const { depth, k } = LOCAL
  const { get, set, i32 } = wasm
  const steps = (count: number): Code => [
    ...indexes(count).flatMap((u) => depthStep(block, u)),
    ...(block.layout === 'columns'
      ? []
      : leftPointers(block).flatMap((pointer) => wasm.increase(pointer, count * FLOAT_BYTES))),
    ...[...wasm.increase(k, -count), ...get(k)],
  ]
  return [
    ...[...get(depth), ...i32(-VECTOR), ...wasm.and, ...set(k)],
    ...wasm.when(get(k), wasm.repeatWhile(steps(VECTOR))),
    ...[...get(depth), ...i32(VECTOR - 1), ...wasm.and, ...set(k)],
    ...wasm.when(get(k), wasm.repeatWhile(steps(1))),
  ]
}

/** One step of the depth: a few values of a row of `right`, times one value of each row of `left`, `ahead` of its pointer. */
function depthStep(block: Block, ahead: number): Code {
  const { rightRow, rowBytes, leftStride, leftRow } = LOCAL
  const { get, set } = wasm
  const factor = firstVector(block) + 2 * block.rows
  const rights = [factor + 1, factor + 2]
  const isRows = block.layout === 'rows'
  const loadLeft = (i: number): Code =>
    isRows
      ? [...get(leftRow + i), ...wasm.loadSplat(ahead * FLOAT_BYTES)]
      : [...get(leftRow), ...wasm.loadSplat(i * FLOAT_BYTES)]
  return [
    ...rights
      .slice(0, halvesOf(block))
      .flatMap((value, half) => [...[...get(rightRow), ...load(block, half), ...set(value)]]),
    ...sumsOf(block).flatMap(({ i, half, sum }) => [
      ...(half === 0 ? [...loadLeft(i), ...set(factor)] : []),
      ...[...get(sum), ...get(factor), ...get(rights[half] as number)],
      ...[...wasm.multiply, ...wasm.add, ...set(sum)],
    ]),
    ...wasm.advance(rightRow, rowBytes),
    ...(isRows ? [] : wasm.advance(leftRow, leftStride)),
  ]
}

/** The sums of a block, row by row, in one or two vectors. */
function sumsOf(block: Block) {
  const halves = halvesOf(block)
  return indexes(halves * block.rows).map((n) => {
    const half = n % halves
    const i = (n - half) / halves
    return { i, half, isLast: half === halves - 1, sum: firstVector(block) + n }
  })
}

function halvesOf({ columns }: Block): number {
  return columns === WIDEST ? 2 : 1
}

function load({ columns }: Block, half: number): Code {
  return columns === 1 ? wasm.loadSplat(0) : wasm.load(half * VECTOR_BYTES)
}

function leftPointers({ layout, rows }: Block): readonly number[] {
  return indexes(layout === 'rows' ? rows : 1).map((i) => LOCAL.leftRow + i)
}

function firstVector({ rows }: Pick<Block, 'rows'>): number {
  return LOCAL.leftRow + rows
}

function indexes(count: number): readonly number[] {
  return [...Array(count).keys()]
}
