import type { Code } from './define-function.ts'
import { signed, unsigned } from './leb128.ts'

const VOID = 0x40
const SIMD = 0xfd

const get = (local: number): Code => [0x20, ...unsigned(local)]
const set = (local: number): Code => [0x21, ...unsigned(local)]
const i32 = (value: number): Code => [0x41, ...signed(value)]
const addI32: Code = [0x6a]

/**
 * Instructions of straight-line kernels (WebAssembly core specification 2.0, section 5.4): locals are given by number, operands come from
 * the stack.
 */
export const wasm = {
  get,
  set,
  i32,
  addI32,
  subI32: [0x6b] as Code,
  multiplyI32: [0x6c] as Code,
  and: [0x71] as Code,
  /** 1 if the first is smaller, both read as without a sign: a negative one is large. */
  lessI32: [0x49] as Code,
  loadI32: (offset: number): Code => [0x28, 0x02, ...unsigned(offset)],
  /** Adds a number to an i32 local. */
  increase: (local: number, amount: number): Code => [
    ...[...get(local), ...i32(amount), ...addI32, ...set(local)],
  ],
  /** Adds another i32 local to an i32 local. */
  advance: (local: number, amount: number): Code => [
    ...[...get(local), ...get(amount), ...addI32, ...set(local)],
  ],
  /** Runs `body` unless `condition` leaves 0. */
  when: (condition: Code, body: Code): Code => [...condition, 0x04, VOID, ...body, 0x0b],
  /** Runs the first body unless `condition` leaves 0, otherwise the second. */
  choose: (condition: Code, first: Code, second: Code): Code => [
    ...[...condition, 0x04, VOID, ...first, 0x05, ...second, 0x0b],
  ],
  /** Repeats `body`, which leaves an i32 on the stack, until that is 0. */
  repeatWhile: (body: Code): Code => [0x03, VOID, ...body, 0x0d, 0x00, 0x0b],
  /** Four floats at `offset` bytes from an address; both are multiples of four. */
  load: (offset: number): Code => [SIMD, 0x00, 0x02, ...unsigned(offset)],
  store: (offset: number): Code => [SIMD, 0x0b, 0x02, ...unsigned(offset)],
  /** One float, four times. */
  loadSplat: (offset: number): Code => [SIMD, 0x09, 0x02, ...unsigned(offset)],
  /** One float in the first lane, zeros in the others. */
  loadFirst: (offset: number): Code => [SIMD, 0x5c, 0x02, ...unsigned(offset)],
  /** The first lane. */
  storeFirst: (offset: number): Code => [SIMD, 0x5a, 0x02, ...unsigned(offset), 0],
  floats: (value: number): Code => {
    const bytes = new Uint8Array(Float32Array.of(value, value, value, value).buffer)
    return [SIMD, 0x0c, ...bytes]
  },
  splat: [SIMD, 0x13] as Code,
  /** Four of the eight lanes of two vectors: 0 to 3 are the first's, 4 to 7 the second's. */
  shuffle: (lanes: readonly [number, number, number, number]): Code => [
    ...[SIMD, 0x0d],
    ...lanes.flatMap((lane) => [0, 1, 2, 3].map((byte) => 4 * lane + byte)),
  ],
  /** All bits of the lanes that are equal. */
  equal: [SIMD, 0x41] as Code,
  andBits: [SIMD, 0x4e] as Code,
  /** The bits of the first that the second does not have. */
  andNotBits: [SIMD, 0x4f] as Code,
  negate: [SIMD, 0xe1, 0x01] as Code,
  add: [SIMD, 0xe4, 0x01] as Code,
  subtract: [SIMD, 0xe5, 0x01] as Code,
  multiply: [SIMD, 0xe6, 0x01] as Code,
  max: [SIMD, 0xe9, 0x01] as Code,
} as const
