import type { Code, WasmFunction } from '../wasm/define-function.ts'
import { instantiateWasm } from '../wasm/instantiate-wasm.ts'
import { numberedFunction } from '../wasm/numbered-function.ts'
import { wasm } from '../wasm/stack-instructions.ts'
import type { WasmMemory } from '../wasm/web-assembly.ts'

/** How many rows of left and of right a function takes at once. */
type Block = { readonly rows: 1 | 2; readonly columns: 1 | 4 }

/**
 * Products with a transposed right operand in one memory: out (i, j) is the dot product of row i of left [rows, depth] and row j of right
 * [columns, depth]. Addresses and strides are in bytes; the numbers in a name divide `rows` and `columns`. Counts are positive.
 */
export type RowDots = Readonly<
  Record<
    `dots${Block['rows']}x${Block['columns']}`,
    (
      left: number,
      right: number,
      out: number,
      rows: number,
      columns: number,
      depth: number,
      outStride: number,
    ) => void
  >
>

const VECTOR = 4
const FLOAT_BYTES = 4
const VECTOR_BYTES = VECTOR * FLOAT_BYTES
/** Vectors of the depth between two jumps of the loop. */
const UNROLLED = 4

const LOCAL = {
  ...{ left: 0, right: 1, out: 2, rows: 3, columns: 4, depth: 5, outStride: 6 },
  ...{ k: 7, row: 8, outRow: 9, nextLeft: 10, depthBytes: 11, leftRow: 12 },
} as const
const PARAMETERS = 7

/**
 * Compiles the dot products. A sum runs over every fourth element of the depth in each of four lanes, then over the lanes: the same bits
 * in whatever block.
 */
export function compileRowDots(memory: WasmMemory): RowDots {
  const blocks: readonly Block[] = [
    { rows: 1, columns: 1 },
    { rows: 1, columns: 4 },
    { rows: 2, columns: 1 },
    { rows: 2, columns: 4 },
  ]
  // What the functions were just made to be.
  return instantiateWasm(blocks.map(dots), memory) as RowDots
}

/** Rows of right outside, so that a large right operand is read once. */
function dots(block: Block): WasmFunction {
  const { left, right, out, rows, columns, depth, outStride } = LOCAL
  const { row, outRow, nextLeft, depthBytes, leftRow } = LOCAL
  const { get, set, i32 } = wasm
  const body = [
    ...[...get(depth), ...i32(FLOAT_BYTES), ...wasm.multiplyI32, ...set(depthBytes)],
    ...wasm.repeatWhile([
      ...[...get(left), ...set(nextLeft), ...get(out), ...set(outRow), ...get(rows), ...set(row)],
      ...wasm.repeatWhile([
        ...[...pointers(block), ...sumsOf(block).flatMap(({ sum }) => zero(sum))],
        ...[...overDepth(block), ...storeSums(block)],
        ...indexes(block.rows).flatMap(() => wasm.advance(nextLeft, depthBytes)),
        ...[...wasm.increase(row, -block.rows), ...get(row)],
      ]),
      ...indexes(block.columns).flatMap(() => wasm.advance(right, depthBytes)),
      ...wasm.increase(out, block.columns * FLOAT_BYTES),
      ...[...wasm.increase(columns, -block.columns), ...get(columns)],
    ]),
  ]
  const integers = leftRow + block.rows + block.columns - PARAMETERS
  const vectors = block.rows * block.columns + block.rows + 1
  const name = `dots${block.rows}x${block.columns}`
  return numberedFunction({ name, params: PARAMETERS, floats: 0, integers, vectors, body })

  function storeSums({ rows: count, columns: width }: Block): Code {
    return indexes(count).flatMap((i) => [
      ...[...get(outRow), ...(width === 1 ? laneSum(block, i) : laneSums(block, i))],
      ...[
        ...(width === 1 ? wasm.storeFirst(0) : wasm.store(0)),
        ...wasm.advance(outRow, outStride),
      ],
    ])
  }
}

/** Points at the first element of each row of the block. */
function pointers(block: Block): Code {
  const { right, nextLeft, depthBytes, leftRow } = LOCAL
  const { get, set } = wasm
  const from = (address: number, first: number, count: number): Code => [
    ...[...get(address), ...set(first)],
    ...indexes(count - 1).flatMap((i) => [
      ...[...get(first + i), ...get(depthBytes), ...wasm.addI32, ...set(first + i + 1)],
    ]),
  ]
  return [
    ...from(nextLeft, leftRow, block.rows),
    ...from(right, leftRow + block.rows, block.columns),
  ]
}

/** 16 elements at a time, then 4, then one with zeros beside it. */
function overDepth(block: Block): Code {
  const { depth, k, leftRow } = LOCAL
  const { get, set, i32 } = wasm
  const count = block.rows + block.columns
  const loop = (mask: number, step: number, body: Code): Code => [
    ...[...get(depth), ...i32(mask), ...wasm.and, ...set(k)],
    ...wasm.when(
      get(k),
      wasm.repeatWhile([
        ...[
          ...body,
          ...indexes(count).flatMap((i) => wasm.increase(leftRow + i, step * FLOAT_BYTES)),
        ],
        ...[...wasm.increase(k, -step), ...get(k)],
      ]),
    ),
  ]
  const unrolled = UNROLLED * VECTOR
  const wide = (u: number): Code => depthStep(block, wasm.load(u * VECTOR_BYTES))
  return [
    ...loop(-unrolled, unrolled, indexes(UNROLLED).flatMap(wide)),
    ...loop(unrolled - VECTOR, VECTOR, wide(0)),
    ...loop(VECTOR - 1, 1, depthStep(block, wasm.loadFirst(0))),
  ]
}

function depthStep(block: Block, load: Code): Code {
  const { leftRow } = LOCAL
  const { get, set } = wasm
  const factors = firstVector(block) + block.rows * block.columns
  const right = factors + block.rows
  return [
    ...indexes(block.rows).flatMap((i) => [...get(leftRow + i), ...load, ...set(factors + i)]),
    ...sumsOf(block).flatMap(({ i, j, sum }) => [
      ...(i === 0 ? [...get(leftRow + block.rows + j), ...load, ...set(right)] : []),
      ...[...get(sum), ...get(factors + i), ...get(right), ...wasm.multiply, ...wasm.add],
      ...set(sum),
    ]),
  ]
}

/** Pushes the four sums of a row of results, added over the lanes in the order of laneSum. */
function laneSums(block: Block, i: number): Code {
  const { get, set } = wasm
  const sums = sumsOf(block).filter((sum) => sum.i === i)
  const at = (j: number): number => sums.find((sum) => sum.j === j)?.sum ?? 0
  /** The halves of two sums, added crosswise. */
  const pair = (first: number, second: number): Code => [
    ...[...get(first), ...get(second), ...wasm.shuffle([0, 4, 1, 5])],
    ...[...get(first), ...get(second), ...wasm.shuffle([2, 6, 3, 7]), ...wasm.add],
    ...set(first),
  ]
  const both: Code = [...get(at(0)), ...get(at(2))]
  // The address of the result lies on the stack already.
  return [
    ...[...pair(at(0), at(1)), ...pair(at(2), at(3)), ...both, ...wasm.shuffle([0, 1, 4, 5])],
    ...[...both, ...wasm.shuffle([2, 3, 6, 7]), ...wasm.add],
  ]
}

/** Pushes a sum added over its lanes, in the first lane. */
function laneSum(block: Block, i: number): Code {
  const { get, set } = wasm
  const sum = firstVector(block) + i
  const plusTurned = (lanes: readonly [number, number, number, number]): Code => [
    ...[...get(sum), ...get(sum), ...get(sum), ...wasm.shuffle(lanes), ...wasm.add],
  ]
  return [...[...plusTurned([2, 3, 0, 1]), ...set(sum)], ...plusTurned([1, 0, 3, 2])]
}

/** Sums of a block, for each row of right those of all rows of left. */
function sumsOf(block: Block) {
  return indexes(block.rows * block.columns).map((n) => {
    const i = n % block.rows
    return { i, j: (n - i) / block.rows, sum: firstVector(block) + n }
  })
}

function firstVector(block: Block): number {
  return LOCAL.leftRow + block.rows + block.columns
}

function zero(local: number): Code {
  return [...wasm.floats(0), ...wasm.set(local)]
}

function indexes(count: number): readonly number[] {
  return [...Array(count).keys()]
}
