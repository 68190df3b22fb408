/** Bytes of instructions. */
export type Code = readonly number[]

/** Types of WebAssembly values, as in its binary format. */
export const VALUE_TYPES = { i32: 0x7f, f32: 0x7d, f64: 0x7c, v128: 0x7b } as const

/** Names of parameters or local variables, with their types. */
export type Variables = Readonly<Record<string, keyof typeof VALUE_TYPES>>

/** A parameter or local variable inside a function's body. */
export type Local = { readonly get: Code; readonly set: (value: Code) => Code }

/** One exported function without results. */
export type WasmFunction = {
  readonly name: string
  readonly params: Variables
  readonly locals: Variables
  readonly body: Code
}

const LOCAL_GET = 0x20
const LOCAL_SET = 0x21

/** Defines a function; `body` gets its parameters and local variables by name. */
export function defineFunction(
  definition: Omit<WasmFunction, 'body'> & {
    readonly body: (local: (name: string) => Local) => readonly Code[]
  },
): WasmFunction {
  const { name, params, locals, body } = definition
  const names = [...Object.keys(params), ...Object.keys(locals)]
  const local = (variable: string): Local => {
    const index = names.indexOf(variable)
    return { get: [LOCAL_GET, index], set: (value) => [...value, LOCAL_SET, index] }
  }
  return { name, params, locals, body: body(local).flat() }
}

/** Variables `${prefix}0` to `${prefix}${count - 1}` of one type. */
export function numbered(prefix: string, count: number, type: keyof typeof VALUE_TYPES): Variables {
  return Object.fromEntries(Array.from({ length: count }, (_, i) => [`${prefix}${i}`, type]))
}
