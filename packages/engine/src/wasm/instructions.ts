import type { Code, Local } from './define-function.ts'
import { signed, unsigned } from './leb128.ts'

const SIMD = 0xfd
const LOOP = 0x03
const NO_RESULT = 0x40
const BRANCH_IF = 0x0d
const END = 0x0b

const binary =
  (...opcode: readonly number[]) =>
  (a: Code, b: Code): Code => [...a, ...b, ...opcode]
const unary =
  (...opcode: readonly number[]) =>
  (a: Code): Code => [...a, ...opcode]
const vector = (opcode: number): number[] => [SIMD, ...unsigned(opcode)]
const access = (opcode: number, offset: number): number[] => [
  ...vector(opcode),
  ...unsigned(0),
  ...unsigned(offset),
]

/** 32-bit integers; addresses are such. */
export const i32 = {
  const: (value: number): Code => [0x41, ...signed(value)],
  add: binary(0x6a),
  lessThan: binary(0x49),
  load: (address: Code, offset = 0): Code => [
    ...address,
    0x28,
    ...unsigned(0),
    ...unsigned(offset),
  ],
}

/** 16 bytes in memory and whole registers. */
export const v128 = {
  load: (address: Code, offset = 0): Code => [...address, ...access(0x00, offset)],
  /** 8 bytes into the low half, zeros above. */
  loadLow: (address: Code, offset = 0): Code => [...address, ...access(0x5d, offset)],
  store: (address: Code, value: Code, offset = 0): Code => [
    ...address,
    ...value,
    ...access(0x0b, offset),
  ],
  storeLow: (address: Code, value: Code, offset = 0): Code => [
    ...address,
    ...value,
    ...access(0x5b, offset),
    0,
  ],
  and: binary(...vector(0x4e)),
  /** a and not b. */
  andNot: binary(...vector(0x4f)),
}

/** Four f32 lanes. */
export const f32x4 = {
  add: binary(...vector(0xe4)),
  mul: binary(...vector(0xe6)),
  /** Per lane b < a ? b : a, one machine instruction; of equal values the first. */
  pmin: binary(...vector(0xea)),
  /** Per lane a < b ? b : a, one machine instruction; of equal values the first. */
  pmax: binary(...vector(0xeb)),
  /** Rounds two f64 lanes to the low half, zeros above. */
  demote: unary(...vector(0x5e)),
}

/** Two f64 lanes. */
export const f64x2 = {
  zero: [...vector(0x0c), ...new Uint8Array(16)] as Code,
  constant: (value: number): Code => [
    ...[0x44, ...new Uint8Array(Float64Array.of(value).buffer)],
    ...vector(0x14),
  ],
  splat: unary(...vector(0x14)),
  /** The two low f32 lanes, exactly. */
  promote: unary(...vector(0x5f)),
  lessThan: binary(...vector(0x49)),
  add: binary(...vector(0xf0)),
  sub: binary(...vector(0xf1)),
  mul: binary(...vector(0xf2)),
  div: binary(...vector(0xf3)),
  /** a * b + c, rounded once or twice: only where a * b is exact is it the same everywhere. */
  relaxedMultiplyAdd: (a: Code, b: Code, c: Code): Code => [...a, ...b, ...c, ...vector(0x107)],
}

/** Two f32 values from memory as f64. */
export function loadPair(address: Code, offset = 0): Code {
  return f64x2.promote(v128.loadLow(address, offset))
}

/** Repeats `body` with `cursor` growing by `step` while it is below `end`; at least once. */
export function repeat(
  { cursor, end, step }: { readonly cursor: Local; readonly end: Code; readonly step: number },
  body: readonly Code[],
): Code {
  const next = cursor.set(i32.add(cursor.get, i32.const(step)))
  const isBelow = i32.lessThan(cursor.get, end)
  return [LOOP, NO_RESULT, ...body.flat(), ...next, ...isBelow, BRANCH_IF, 0, END]
}
