import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import type { Code, WasmFunction } from '../wasm/define-function.ts'
import { instantiateWasm } from '../wasm/instantiate-wasm.ts'
import { numberedFunction } from '../wasm/numbered-function.ts'
import { wasm } from '../wasm/stack-instructions.ts'
import { overChannels } from './over-channels.ts'
import { memoryOf } from './wasm-memory.ts'

/**
 * Products channel by channel over a grid of pixels, in the back end's memory. Addresses and sizes are in bytes; pixels of an operand lie
 * `Pixel` bytes apart, its rows `Line`. Counts are positive.
 */
export type ChannelProducts = {
  /** out [channels] += the sum over all pixels of a times b. */
  correlate(...args: ChannelGrid): void
  /** Every pixel of a += b times `out` [channels], which is only read. */
  spread(...args: ChannelGrid): void
}

type ChannelGrid = [
  a: number,
  aPixel: number,
  aLine: number,
  b: number,
  bPixel: number,
  bLine: number,
  out: number,
  rows: number,
  columns: number,
  channelBytes: number,
]

const LOCAL = {
  ...{ a: 0, aPixel: 1, aLine: 2, b: 3, bPixel: 4, bLine: 5, out: 6, rows: 7, columns: 8 },
  ...{ channelBytes: 9, aAt: 10, bAt: 11, aJump: 12, bJump: 13, row: 14, column: 15, left: 16 },
  ...{ channel: 17 },
} as const
const PARAMETERS = 10

const compiled = new WeakMap<object, ChannelProducts>()

/** The functions over this back end's memory, compiled once. */
export function channelProductsOf(backend: BackendWasm): ChannelProducts {
  const known = compiled.get(backend)
  if (known !== undefined) return known
  const functions = [overGrid('correlate'), overGrid('spread')]
  // What the functions are made to be.
  const products = instantiateWasm(functions, memoryOf(backend)) as ChannelProducts
  compiled.set(backend, products)
  return products
}

function overGrid(name: keyof ChannelProducts): WasmFunction {
  const { a, b, out, aAt, bAt, aPixel, bPixel, aLine, bLine, aJump, bJump } = LOCAL
  const { rows, columns, row, column, channelBytes, left, channel } = LOCAL
  const { get, set, advance, increase } = wasm
  const jump = (target: number, line: number, pixel: number): Code => [
    ...[...get(line), ...get(columns), ...get(pixel), ...wasm.multiplyI32, ...wasm.subI32],
    ...set(target),
  ]
  const grid = overChannels({ channelBytes, left }, ({ bytes, load, store }) => {
    const onePixel: Code =
      name === 'correlate'
        ? [
            ...[...get(channel), ...get(aAt), ...load, ...get(bAt), ...load],
            ...[...wasm.multiply, ...wasm.add, ...set(channel)],
          ]
        : [
            ...[...get(aAt), ...get(aAt), ...load, ...get(bAt), ...load, ...get(channel)],
            ...[...wasm.multiply, ...wasm.add, ...store],
          ]
    return [
      ...[...get(out), ...load, ...set(channel)],
      ...[...get(a), ...set(aAt), ...get(b), ...set(bAt), ...get(rows), ...set(row)],
      ...wasm.repeatWhile([
        ...[...get(columns), ...set(column)],
        ...wasm.repeatWhile([
          ...[...onePixel, ...advance(aAt, aPixel), ...advance(bAt, bPixel)],
          ...[...increase(column, -1), ...get(column)],
        ]),
        ...[...advance(aAt, aJump), ...advance(bAt, bJump), ...increase(row, -1), ...get(row)],
      ]),
      ...(name === 'correlate' ? [...get(out), ...get(channel), ...store] : []),
      ...[...increase(a, bytes), ...increase(b, bytes), ...increase(out, bytes)],
    ]
  })
  const body = [...jump(aJump, aLine, aPixel), ...jump(bJump, bLine, bPixel), ...grid]
  const integers = channel - PARAMETERS
  return numberedFunction({ name, params: PARAMETERS, floats: 0, integers, vectors: 1, body })
}
