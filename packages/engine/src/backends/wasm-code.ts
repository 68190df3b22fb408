/** The part of WebAssembly's JavaScript interface that we use; TypeScript declares it for browsers only. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object
  readonly Instance: new (
    module: object,
    imports: { readonly env: { readonly memory: WasmMemory } },
  ) => { readonly exports: unknown }
}

/** A WebAssembly.Memory; its buffer is another one once it has grown. */
export type WasmMemory = { readonly buffer: ArrayBuffer }

/** Bytes of WebAssembly code. */
export type Code = readonly number[]

/** One function: `params` i32 and then `floats` f32 parameters, locals of both kinds after them, no result. */
export type WasmFunction = {
  readonly name: string
  readonly params: number
  readonly floats: number
  /** i32 locals, numbered after the parameters. */
  readonly integers: number
  /** v128 locals, numbered after the i32 locals. */
  readonly vectors: number
  readonly body: Code
}

const I32 = 0x7f
const F32 = 0x7d
const V128 = 0x7b
const VOID = 0x40
const SIMD = 0xfd
const FUNCTION_TYPE = 0x60
const SECTION = { type: 1, import: 2, function: 3, export: 7, code: 10 } as const

/**
 * The few instructions that our kernels need (WebAssembly core specification 2.0, section 5.4). Numbers of locals are given; operands come
 * from the stack.
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

/** Compiles functions over one memory; returns them by name. */
export function instantiateWasm(functions: readonly WasmFunction[], memory: WasmMemory): unknown {
  const module = new WebAssembly.Module(encodeModule(functions))
  return new WebAssembly.Instance(module, { env: { memory } }).exports
}

/** A module of functions over one imported memory, "env" "memory". */
function encodeModule(functions: readonly WasmFunction[]): Uint8Array {
  const types = functions.map(({ params, floats }) => [
    FUNCTION_TYPE,
    ...vector([...Array(params).fill([I32]), ...Array(floats).fill([F32])]),
    0,
  ])
  const memory = [...text('env'), ...text('memory'), 0x02, 0x00, 0x00]
  const names = functions.map(({ name }, i) => [...text(name), 0x00, ...unsigned(i)])
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(SECTION.type, vector(types)),
    ...section(SECTION.import, vector([memory])),
    ...section(SECTION.function, vector(functions.map((_, i) => unsigned(i)))),
    ...section(SECTION.export, vector(names)),
    ...section(SECTION.code, vector(functions.map(functionCode))),
  ])
}

function functionCode({ integers, vectors, body }: WasmFunction): Code {
  const locals = vector([
    [...unsigned(integers), I32],
    [...unsigned(vectors), V128],
  ])
  const code = [...locals, ...body, 0x0b]
  return [...unsigned(code.length), ...code]
}

function section(id: number, content: Code): Code {
  return [id, ...unsigned(content.length), ...content]
}

function vector(items: readonly Code[]): Code {
  return [...unsigned(items.length), ...items.flat()]
}

function text(value: string): Code {
  const bytes = new TextEncoder().encode(value)
  return [...unsigned(bytes.length), ...bytes]
}

/** LEB128. */
function unsigned(value: number): Code {
  const low = value & 0x7f
  return value < 0x80 ? [low] : [low | 0x80, ...unsigned(value >>> 7)]
}

/** Signed LEB128. */
function signed(value: number): Code {
  const low = value & 0x7f
  const rest = value >> 7
  const isLast = (rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0)
  return isLast ? [low] : [low | 0x80, ...signed(rest)]
}
