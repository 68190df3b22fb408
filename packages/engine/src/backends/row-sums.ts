import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import type { Code, WasmFunction } from '../wasm/define-function.ts'
import { instantiateWasm } from '../wasm/instantiate-wasm.ts'
import { numberedFunction } from '../wasm/numbered-function.ts'
import { wasm } from '../wasm/stack-instructions.ts'
import { memoryOf } from './wasm-memory.ts'

/** Sums of rows of f32 in the back end's memory. Addresses and sizes are in bytes, counts are positive. */
export type RowSums = {
  /** Adds each of `rows` rows to row `ids[row]` (i32) of `out`, which has `segments` rows; other ids are left out. */
  addSegments(
    from: number,
    ids: number,
    out: number,
    rows: number,
    rowBytes: number,
    segments: number,
  ): void
  /** Writes the sum of `rows` rows to `out`. */
  sumRows(from: number, out: number, rows: number, rowBytes: number): void
}

const FLOAT_BYTES = 4
const VECTOR_BYTES = 16
/** Columns that sumRows keeps in registers, in vectors. */
const WIDE = 4

const compiled = new WeakMap<object, RowSums>()

/** The functions over this back end's memory, compiled once. */
export function rowSumsOf(backend: BackendWasm): RowSums {
  const known = compiled.get(backend)
  if (known !== undefined) return known
  // What the functions are made to be.
  const functions = instantiateWasm([addSegments(), sumRows()], memoryOf(backend)) as RowSums
  compiled.set(backend, functions)
  return functions
}

function addSegments(): WasmFunction {
  const [from, ids, out, rows, rowBytes, segments] = [0, 1, 2, 3, 4, 5] as const
  const [to, left] = [6, 7] as const
  const { get, set, i32 } = wasm
  /** One step of a row: result + row. */
  const step = (load: Code, store: Code, bytes: number): Code => [
    ...[...get(to), ...get(to), ...load, ...get(from), ...load, ...wasm.add, ...store],
    ...[...wasm.increase(to, bytes), ...wasm.increase(from, bytes)],
    ...[...wasm.increase(left, -bytes), ...get(left)],
  ]
  const addRow: Code = [
    ...[...get(ids), ...wasm.loadI32(0), ...get(rowBytes), ...wasm.multiplyI32],
    ...[...get(out), ...wasm.addI32, ...set(to)],
    ...[...get(rowBytes), ...i32(-VECTOR_BYTES), ...wasm.and, ...set(left)],
    ...wasm.when(get(left), wasm.repeatWhile(step(wasm.load(0), wasm.store(0), VECTOR_BYTES))),
    ...[...get(rowBytes), ...i32(VECTOR_BYTES - 1), ...wasm.and, ...set(left)],
    ...wasm.when(
      get(left),
      wasm.repeatWhile(step(wasm.loadFirst(0), wasm.storeFirst(0), FLOAT_BYTES)),
    ),
  ]
  const isInside = [...get(ids), ...wasm.loadI32(0), ...get(segments), ...wasm.lessI32]
  const skip = [...wasm.advance(from, rowBytes)]
  const body = wasm.repeatWhile([
    ...wasm.choose(isInside, addRow, skip),
    ...[...wasm.increase(ids, FLOAT_BYTES), ...wasm.increase(rows, -1), ...get(rows)],
  ])
  const name = 'addSegments'
  return numberedFunction({ name, params: 6, floats: 0, integers: 2, vectors: 0, body })
}

/** Columns in blocks of 16, then 4, then 1; down all rows in each. */
function sumRows(): WasmFunction {
  const [from, out, rows, rowBytes] = [0, 1, 2, 3] as const
  const [column, at, left] = [4, 5, 6] as const
  const first = 7
  const { get, set, i32 } = wasm
  const block = (vectors: number, bytes: number, load: (v: number) => Code, store: Code): Code => {
    const sums = [...Array(vectors).keys()].map((v) => first + v)
    return [
      ...sums.flatMap((sum) => [...wasm.floats(0), ...set(sum)]),
      ...[...get(from), ...get(column), ...wasm.addI32, ...set(at), ...get(rows), ...set(left)],
      ...wasm.repeatWhile([
        ...sums.flatMap((sum, v) => [
          ...[...get(sum), ...get(at), ...load(v), ...wasm.add, ...set(sum)],
        ]),
        ...[...wasm.advance(at, rowBytes), ...wasm.increase(left, -1), ...get(left)],
      ]),
      ...sums.flatMap((sum) => [
        ...[...get(out), ...get(sum), ...store, ...wasm.increase(out, bytes / vectors)],
      ]),
      ...wasm.increase(column, bytes),
    ]
  }
  const loop = (mask: number, body: Code): Code =>
    wasm.when(
      [...get(rowBytes), ...get(column), ...wasm.subI32, ...i32(mask), ...wasm.and],
      wasm.repeatWhile([
        ...[...body, ...get(rowBytes), ...get(column), ...wasm.subI32, ...i32(mask), ...wasm.and],
      ]),
    )
  const wideBytes = WIDE * VECTOR_BYTES
  const body = [
    ...[...i32(0), ...set(column)],
    ...loop(
      -wideBytes,
      block(WIDE, wideBytes, (v) => wasm.load(v * VECTOR_BYTES), wasm.store(0)),
    ),
    ...loop(
      -VECTOR_BYTES,
      block(1, VECTOR_BYTES, () => wasm.load(0), wasm.store(0)),
    ),
    ...loop(
      -FLOAT_BYTES,
      block(1, FLOAT_BYTES, () => wasm.loadFirst(0), wasm.storeFirst(0)),
    ),
  ]
  const name = 'sumRows'
  return numberedFunction({ name, params: 4, floats: 0, integers: 3, vectors: WIDE, body })
}
