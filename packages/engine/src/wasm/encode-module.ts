import { VALUE_TYPES, type Variables, type WasmFunction } from './define-function.ts'
import { unsigned } from './leb128.ts'

const HEADER = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00]
const SECTION = { type: 1, import: 2, function: 3, export: 7, code: 10 } as const
const FUNCTION_TYPE = 0x60
const MEMORY = 0x02
const FUNCTION = 0x00
const END = 0x0b

/**
 * A WebAssembly module with these functions, all exported; it imports its memory as `env.memory`. There is no tool chain and no binary
 * in the repository: the kernels are what one reads.
 * @see https://webassembly.github.io/spec/core/binary/modules.html
 */
export function encodeModule(functions: readonly WasmFunction[]): Uint8Array<ArrayBuffer> {
  const memory = [...text('env'), ...text('memory'), MEMORY, 0x00, ...unsigned(0)]
  return Uint8Array.from([
    ...HEADER,
    ...section(SECTION.type, functions.map(typeOf)),
    ...section(SECTION.import, [memory]),
    ...section(
      SECTION.function,
      functions.map((_, i) => unsigned(i)),
    ),
    ...section(
      SECTION.export,
      functions.map(({ name }, i) => [...text(name), FUNCTION, ...unsigned(i)]),
    ),
    ...section(SECTION.code, functions.map(codeOf)),
  ])
}

function section(id: number, items: readonly (readonly number[])[]): number[] {
  const content = [...unsigned(items.length), ...items.flat()]
  return [id, ...unsigned(content.length), ...content]
}

function typeOf({ params }: WasmFunction): number[] {
  const types = typesOf(params)
  return [FUNCTION_TYPE, ...unsigned(types.length), ...types, ...unsigned(0)]
}

function codeOf({ locals, body }: WasmFunction): number[] {
  const types = typesOf(locals)
  const declarations = types.flatMap((type) => [...unsigned(1), type])
  const content = [...unsigned(types.length), ...declarations, ...body, END]
  return [...unsigned(content.length), ...content]
}

function typesOf(variables: Variables): number[] {
  return Object.values(variables).map((type) => VALUE_TYPES[type])
}

function text(value: string): number[] {
  const bytes = new TextEncoder().encode(value)
  return [...unsigned(bytes.length), ...bytes]
}
