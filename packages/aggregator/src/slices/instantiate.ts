import type { WasmFunction } from '../wasm/define-function.ts'
import { encodeModule } from '../wasm/encode-module.ts'
import { type WasmMemory, WebAssembly } from '../wasm/web-assembly.ts'

/** A kernel, called with addresses and numbers. */
export type Kernel = (...values: readonly number[]) => void

/** Compiles kernels (a few hundred bytes, well under a millisecond) and binds them to their memory. */
export function instantiate(
  memory: WasmMemory,
  kernels: readonly WasmFunction[],
): (name: string) => Kernel {
  const module = new WebAssembly.Module(encodeModule(kernels))
  const { exports } = new WebAssembly.Instance(module, { env: { memory } })
  // encodeModule exports functions only, one for each name.
  return (name) => exports[name] as Kernel
}
