import { instantiateWasm, type WasmFunction, type WasmMemory } from '@fednode/engine'

/** A kernel, called with addresses and numbers. */
export type Kernel = (...values: readonly number[]) => void

/** Compiles kernels and binds them to their memory. */
export function instantiate(
  memory: WasmMemory,
  kernels: readonly WasmFunction[],
): (name: string) => Kernel {
  const exports = instantiateWasm(kernels, memory)
  // The module exports functions only, one for each name.
  return (name) => exports[name] as Kernel
}
