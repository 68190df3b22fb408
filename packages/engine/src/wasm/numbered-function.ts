import { type Code, numbered, type WasmFunction } from './define-function.ts'

/** A function whose body speaks of its variables by number, see stack-instructions.ts. */
export type NumberedFunction = {
  readonly name: string
  /** i32 parameters, numbered from 0. */
  readonly params: number
  /** f32 parameters, numbered after them. */
  readonly floats: number
  /** i32 locals, numbered after the parameters. */
  readonly integers: number
  /** v128 locals, numbered after the i32 locals. */
  readonly vectors: number
  readonly body: Code
}

/** Gives a function's numbered variables the types that the module declares. */
export function numberedFunction(definition: NumberedFunction): WasmFunction {
  const { name, params, floats, integers, vectors, body } = definition
  return {
    name,
    params: { ...numbered('p', params, 'i32'), ...numbered('f', floats, 'f32') },
    locals: { ...numbered('i', integers, 'i32'), ...numbered('v', vectors, 'v128') },
    body,
  }
}
