import type { Code } from './define-function.ts'
import { signed, unsigned } from './leb128.ts'

const VOID = 0x40
const SIMD = 0xfd

/**
 * Instructions of straight-line kernels (WebAssembly core specification 2.0, section 5.4): locals are given by number, operands come from
 * the stack.
 */
export const wasm = {
  get: (local: number): Code => [0x20, ...unsigned(local)],
  set: (local: number): Code => [0x21, ...unsigned(local)],
  i32: (value: number): Code => [0x41, ...signed(value)],
  addI32: [0x6a] as Code,
  subI32: [0x6b] as Code,
  multiplyI32: [0x6c] as Code,
  and: [0x71] as Code,
  /** Runs `body` unless `condition` leaves 0. */
  when: (condition: Code, body: Code): Code => [...condition, 0x04, VOID, ...body, 0x0b],
  /** Repeats `body`, which leaves an i32 on the stack, until that is 0. */
  repeatWhile: (body: Code): Code => [0x03, VOID, ...body, 0x0d, 0x00, 0x0b],
  /** Four floats at `offset` bytes from an address; both are multiples of four. */
  load: (offset: number): Code => [SIMD, 0x00, 0x02, ...unsigned(offset)],
  store: (offset: number): Code => [SIMD, 0x0b, 0x02, ...unsigned(offset)],
  /** One float, four times. */
  loadSplat: (offset: number): Code => [SIMD, 0x09, 0x02, ...unsigned(offset)],
  floats: (value: number): Code => {
    const bytes = new Uint8Array(Float32Array.of(value, value, value, value).buffer)
    return [SIMD, 0x0c, ...bytes]
  },
  splat: [SIMD, 0x13] as Code,
  negate: [SIMD, 0xe1, 0x01] as Code,
  add: [SIMD, 0xe4, 0x01] as Code,
  subtract: [SIMD, 0xe5, 0x01] as Code,
  multiply: [SIMD, 0xe6, 0x01] as Code,
  max: [SIMD, 0xe9, 0x01] as Code,
} as const
