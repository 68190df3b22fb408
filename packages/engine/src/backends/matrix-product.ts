import type { Code, WasmFunction } from '../wasm/define-function.ts'
import { instantiateWasm } from '../wasm/instantiate-wasm.ts'
import { numberedFunction } from '../wasm/numbered-function.ts'
import { wasm } from '../wasm/stack-instructions.ts'
import type { WasmMemory } from '../wasm/web-assembly.ts'

/**
 * Products of row-major matrices in one memory: out [rows, columns] = max(floor, left [rows, depth] times right [depth, columns]), or
 * with the bias [columns] added. Addresses are in bytes, `rowBytes` is columns * 4, `columns` is a positive multiple of 8.
 */
export type MatrixProduct = {
  /** Four rows at a time: `rows` is a positive multiple of 4. */
  readonly fourRows: ProductFunction
  /** One row at a time: `rows` is positive. */
  readonly singleRows: ProductFunction
  readonly fourRowsFromBias: ProductFunction
  readonly singleRowsFromBias: ProductFunction
}

type ProductFunction = (
  left: number,
  right: number,
  out: number,
  rows: number,
  depth: number,
  rowBytes: number,
  bias: number,
  floor: number,
) => void

/** What a function computes at once: `rows` rows of results, from 0 or from the bias on. */
type Block = { readonly rows: number; readonly start: 'zero' | 'bias' }

/** Columns of the block of results that is kept in registers; with four rows 8 sums, 2 columns and 1 row of the 16 that x86 has. */
const BLOCK_COLUMNS = 8
const VECTOR = 4
const FLOAT_BYTES = 4
const VECTOR_BYTES = VECTOR * FLOAT_BYTES

/** Numbers of parameters and i32 locals; `leftRow` is the first of one pointer per row of the block. */
const LOCAL = {
  ...{ left: 0, right: 1, out: 2, rows: 3, depth: 4, rowBytes: 5, bias: 6, floor: 7 },
  ...{ column: 8, k: 9, rightRow: 10, outRow: 11, depthBytes: 12, leftRow: 13 },
} as const
const PARAMETERS = { params: 7, floats: 1 } as const

/**
 * Compiles the products. Every sum starts with the bias or 0 and runs over the depth in order, without fused multiply-add: the bits are those of
 * XNNPACK's f32 GEMM, and a row's result depends on no other row. XNNPACK first packs the right operand and prepares an operator, which
 * for a small one takes as long as multiplying.
 */
export function compileMatrixProduct(memory: WasmMemory): MatrixProduct {
  const functions = [
    product('fourRows', { rows: 4, start: 'zero' }),
    product('singleRows', { rows: 1, start: 'zero' }),
    product('fourRowsFromBias', { rows: 4, start: 'bias' }),
    product('singleRowsFromBias', { rows: 1, start: 'bias' }),
  ]
  // What the functions were just made to be.
  return instantiateWasm(functions, memory) as MatrixProduct
}

/** Whether MatrixProduct takes a right operand of so many columns. */
export function isMultipliable(columns: number): boolean {
  return columns > 0 && columns % BLOCK_COLUMNS === 0
}

function product(name: keyof MatrixProduct, block: Block): WasmFunction {
  const { left, out, rows, depth, rowBytes, column, depthBytes } = LOCAL
  const { get, set, i32 } = wasm
  const nextBlock = (address: number, bytes: number): Code => [
    ...[...get(address), ...get(bytes), ...i32(block.rows), ...wasm.multiplyI32],
    ...[...wasm.addI32, ...set(address)],
  ]
  const body = [
    ...[...get(depth), ...i32(FLOAT_BYTES), ...wasm.multiplyI32, ...set(depthBytes)],
    ...wasm.repeatWhile([
      ...[...i32(0), ...set(column), ...overColumns(block)],
      ...[...nextBlock(left, depthBytes), ...nextBlock(out, rowBytes)],
      ...[...increase(rows, -block.rows), ...get(rows)],
    ]),
  ]
  const { leftRow } = LOCAL
  const { params, floats } = PARAMETERS
  const integers = leftRow + block.rows - params - floats
  const vectors = 2 * block.rows + 3
  return numberedFunction({ name, params, floats, integers, vectors, body })
}

/** One block of rows: all its results, 8 columns after the other. */
function overColumns(block: Block): Code {
  const { left, right, out, rowBytes, bias, floor, column } = LOCAL
  const { rightRow, outRow, depthBytes, leftRow } = LOCAL
  const { get, set } = wasm
  const sums = sumsOf(block)
  const plusColumn = (address: number): Code => [...get(address), ...get(column), ...wasm.addI32]
  const startOf = (half: number): Code =>
    block.start === 'zero'
      ? wasm.floats(0)
      : [...plusColumn(bias), ...wasm.load(half * VECTOR_BYTES)]
  return wasm.repeatWhile([
    ...sums.flatMap(({ half, sum }) => [...startOf(half), ...set(sum)]),
    ...[...get(left), ...set(leftRow)],
    ...indexes(block.rows - 1).flatMap((i) => [
      ...[...get(leftRow + i), ...get(depthBytes), ...wasm.addI32, ...set(leftRow + i + 1)],
    ]),
    ...[...plusColumn(right), ...set(rightRow), ...overDepth(block)],
    ...[...plusColumn(out), ...set(outRow)],
    ...sums.flatMap(({ half, sum }) => [
      ...[...get(outRow), ...get(sum), ...get(floor), ...wasm.splat, ...wasm.max],
      ...wasm.store(half * VECTOR_BYTES),
      ...(half === 1 ? [...get(outRow), ...get(rowBytes), ...wasm.addI32, ...set(outRow)] : []),
    ]),
    ...increase(column, BLOCK_COLUMNS * FLOAT_BYTES),
    ...[...get(rowBytes), ...get(column), ...wasm.subI32],
  ])
}

/** Adds left times right to the block's sums, four steps of the depth at a time, then one. */
function overDepth(block: Block): Code {
  const { depth, k, leftRow } = LOCAL
  const { get, set, i32 } = wasm
  const steps = (count: number): Code => [
    ...indexes(count).flatMap((u) => depthStep(block, u)),
    ...indexes(block.rows).flatMap((i) => increase(leftRow + i, count * FLOAT_BYTES)),
    ...[...increase(k, -count), ...get(k)],
  ]
  return [
    ...[...get(depth), ...i32(-VECTOR), ...wasm.and, ...set(k)],
    ...wasm.when(get(k), wasm.repeatWhile(steps(VECTOR))),
    ...[...get(depth), ...i32(VECTOR - 1), ...wasm.and, ...set(k)],
    ...wasm.when(get(k), wasm.repeatWhile(steps(1))),
  ]
}

/** One step of the depth: 8 values of a row of `right`, times one value of each row of `left`, `ahead` of its pointer. */
function depthStep(block: Block, ahead: number): Code {
  const { rightRow, rowBytes, leftRow } = LOCAL
  const { get, set } = wasm
  const sums = sumsOf(block)
  const factor = firstVector(block) + sums.length
  const rights = [factor + 1, factor + 2]
  return [
    ...rights.flatMap((value, half) => [
      ...[...get(rightRow), ...wasm.load(half * VECTOR_BYTES), ...set(value)],
    ]),
    ...sums.flatMap(({ i, half, sum }) => [
      ...(half === 0
        ? [...get(leftRow + i), ...wasm.loadSplat(ahead * FLOAT_BYTES), ...set(factor)]
        : []),
      ...[...get(sum), ...get(factor), ...get(rights[half] as number)],
      ...[...wasm.multiply, ...wasm.add, ...set(sum)],
    ]),
    ...[...get(rightRow), ...get(rowBytes), ...wasm.addI32, ...set(rightRow)],
  ]
}

/** The sums of a block, row by row, each in two vectors of four columns. */
function sumsOf(block: Block) {
  return indexes(2 * block.rows).map((n) => ({
    i: n >> 1,
    half: n & 1,
    sum: firstVector(block) + n,
  }))
}

function firstVector({ rows }: Block): number {
  return LOCAL.leftRow + rows
}

function increase(local: number, amount: number): Code {
  return [...wasm.get(local), ...wasm.i32(amount), ...wasm.addI32, ...wasm.set(local)]
}

function indexes(count: number): readonly number[] {
  return [...Array(count).keys()]
}
