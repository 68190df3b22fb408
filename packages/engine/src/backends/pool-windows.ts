import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import type { Code, WasmFunction } from '../wasm/define-function.ts'
import { instantiateWasm } from '../wasm/instantiate-wasm.ts'
import { numberedFunction } from '../wasm/numbered-function.ts'
import { wasm } from '../wasm/stack-instructions.ts'
import { type ChannelWidth, overChannels } from './over-channels.ts'
import { memoryOf } from './wasm-memory.ts'

/**
 * Gradients of one window of a pooling over all its channels, in the back end's memory. Addresses and sizes are in bytes; a window has
 * `rows` rows of `columns` pixels, `lineBytes` from row to row. Counts are positive.
 */
export type PoolWindows = {
  /** Adds the gradient `dy` of the window's largest values `y` to `dx`, each at the first pixel of `x` that has the value. */
  maximum(
    x: number,
    dx: number,
    y: number,
    dy: number,
    rows: number,
    columns: number,
    lineBytes: number,
    channelBytes: number,
  ): void
  /** Adds `scale` times the gradient `dy` to every pixel of `dx`. */
  mean(
    dx: number,
    dy: number,
    rows: number,
    columns: number,
    lineBytes: number,
    channelBytes: number,
    scale: number,
  ): void
}

const compiled = new WeakMap<object, PoolWindows>()

/** The functions over this back end's memory, compiled once. */
export function poolWindowsOf(backend: BackendWasm): PoolWindows {
  const known = compiled.get(backend)
  if (known !== undefined) return known
  // What the functions are made to be.
  const functions = instantiateWasm([maximum(), mean()], memoryOf(backend)) as PoolWindows
  compiled.set(backend, functions)
  return functions
}

function maximum(): WasmFunction {
  const [x, dx, y, dy, rows, columns, lineBytes, channelBytes] = [0, 1, 2, 3, 4, 5, 6, 7] as const
  const [xAt, dxAt, row, column, left, jump] = [8, 9, 10, 11, 12, 13] as const
  const [largest, rest, isLargest] = [14, 15, 16] as const
  const { get, set } = wasm
  const channels = ({ bytes, load, store }: ChannelWidth): Code => [
    ...[...get(y), ...load, ...set(largest), ...get(dy), ...load, ...set(rest)],
    ...[...get(x), ...set(xAt), ...get(dx), ...set(dxAt), ...get(rows), ...set(row)],
    ...wasm.repeatWhile([
      ...[...get(columns), ...set(column)],
      ...wasm.repeatWhile([
        ...[...get(xAt), ...load, ...get(largest), ...wasm.equal, ...set(isLargest)],
        ...[...get(dxAt), ...get(dxAt), ...load],
        ...[...get(rest), ...get(isLargest), ...wasm.andBits, ...wasm.add, ...store],
        // What has gone to a pixel is gone.
        ...[...get(rest), ...get(isLargest), ...wasm.andNotBits, ...set(rest)],
        ...[...wasm.advance(xAt, channelBytes), ...wasm.advance(dxAt, channelBytes)],
        ...[...wasm.increase(column, -1), ...get(column)],
      ]),
      ...[...wasm.advance(xAt, jump), ...wasm.advance(dxAt, jump)],
      ...[...wasm.increase(row, -1), ...get(row)],
    ]),
    ...[x, dx, y, dy].flatMap((address) => wasm.increase(address, bytes)),
  ]
  const body = [
    ...[...get(lineBytes), ...get(columns), ...get(channelBytes), ...wasm.multiplyI32],
    ...[...wasm.subI32, ...set(jump), ...overChannels({ channelBytes, left }, channels)],
  ]
  return numberedFunction({ name: 'maximum', params: 8, floats: 0, integers: 6, vectors: 3, body })
}

function mean(): WasmFunction {
  const [dx, dy, rows, columns, lineBytes, channelBytes, scale] = [0, 1, 2, 3, 4, 5, 6] as const
  const [dxAt, row, column, left, jump, share] = [7, 8, 9, 10, 11, 12] as const
  const { get, set } = wasm
  const channels = ({ bytes, load, store }: ChannelWidth): Code => [
    ...[...get(dy), ...load, ...get(scale), ...wasm.splat, ...wasm.multiply, ...set(share)],
    ...[...get(dx), ...set(dxAt), ...get(rows), ...set(row)],
    ...wasm.repeatWhile([
      ...[...get(columns), ...set(column)],
      ...wasm.repeatWhile([
        ...[...get(dxAt), ...get(dxAt), ...load, ...get(share), ...wasm.add, ...store],
        ...[...wasm.advance(dxAt, channelBytes), ...wasm.increase(column, -1), ...get(column)],
      ]),
      ...[...wasm.advance(dxAt, jump), ...wasm.increase(row, -1), ...get(row)],
    ]),
    ...[...wasm.increase(dx, bytes), ...wasm.increase(dy, bytes)],
  ]
  const body = [
    ...[...get(lineBytes), ...get(columns), ...get(channelBytes), ...wasm.multiplyI32],
    ...[...wasm.subI32, ...set(jump), ...overChannels({ channelBytes, left }, channels)],
  ]
  return numberedFunction({ name: 'mean', params: 6, floats: 1, integers: 5, vectors: 1, body })
}
