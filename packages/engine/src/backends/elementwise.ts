import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import type { Code, WasmFunction } from '../wasm/define-function.ts'
import { instantiateWasm } from '../wasm/instantiate-wasm.ts'
import { numberedFunction } from '../wasm/numbered-function.ts'
import { wasm } from '../wasm/stack-instructions.ts'
import { overChannels } from './over-channels.ts'
import { memoryOf } from './wasm-memory.ts'

/** What is done to pairs of values. */
export type ElementwiseName = 'add' | 'subtract' | 'multiply'

/** Element by element in the back end's memory. Addresses and sizes are in bytes, counts are positive. */
export type Elementwise = {
  /** out [rows, columns] = a [rows, columns] and b [columns]. */
  readonly withRow: Readonly<Record<ElementwiseName, ElementwiseFunction>>
  /** out [rows, columns] = a [rows, columns] and the one value of b. */
  readonly withScalar: Readonly<Record<ElementwiseName, ElementwiseFunction>>
}

type ElementwiseFunction = (
  a: number,
  b: number,
  out: number,
  rows: number,
  rowBytes: number,
) => void

const NAMES: readonly ElementwiseName[] = ['add', 'subtract', 'multiply']
const LOCAL = {
  ...{ a: 0, b: 1, out: 2, rows: 3, rowBytes: 4, bAt: 5, left: 6, scalar: 7 },
} as const
const PARAMETERS = 5

const compiled = new WeakMap<object, Elementwise>()

/** The functions over this back end's memory, compiled once. */
export function elementwiseOf(backend: BackendWasm): Elementwise {
  const known = compiled.get(backend)
  if (known !== undefined) return known
  const memory = memoryOf(backend)
  // What the functions are made to be.
  const functions = {
    withRow: instantiateWasm(NAMES.map(withRow), memory),
    withScalar: instantiateWasm(NAMES.map(withScalar), memory),
  } as Elementwise
  compiled.set(backend, functions)
  return functions
}

function withRow(name: ElementwiseName): WasmFunction {
  const { b, bAt } = LOCAL
  const { get, set } = wasm
  return overRows(name, {
    start: [...get(b), ...set(bAt)],
    operand: (load) => [...get(bAt), ...load],
    next: (bytes) => wasm.increase(bAt, bytes),
  })
}

function withScalar(name: ElementwiseName): WasmFunction {
  const { b, scalar } = LOCAL
  const { get, set } = wasm
  return overRows(name, {
    start: [...get(b), ...wasm.loadSplat(0), ...set(scalar)],
    operand: () => get(scalar),
    next: () => [],
  })
}

/** The second operand: what prepares it for a row, pushes it, and moves it on. */
type Second = {
  readonly start: Code
  readonly operand: (load: Code) => Code
  readonly next: (bytes: number) => Code
}

function overRows(name: ElementwiseName, second: Second): WasmFunction {
  const { a, out, rows, rowBytes, left, scalar } = LOCAL
  const { get } = wasm
  const row = overChannels({ channelBytes: rowBytes, left }, ({ bytes, load, store }) => [
    ...[...get(out), ...get(a), ...load, ...second.operand(load), ...wasm[name], ...store],
    ...[...wasm.increase(a, bytes), ...wasm.increase(out, bytes), ...second.next(bytes)],
  ])
  const body = wasm.repeatWhile([
    ...[...second.start, ...row, ...wasm.increase(rows, -1), ...get(rows)],
  ])
  const integers = scalar - PARAMETERS
  return numberedFunction({ name, params: PARAMETERS, floats: 0, integers, vectors: 1, body })
}
