import type { WasmFunction } from './define-function.ts'
import { encodeModule } from './encode-module.ts'
import { type WasmMemory, WebAssembly } from './web-assembly.ts'

/** Compiles functions (a few hundred bytes, well under a millisecond) over one memory; returns them by name. */
export function instantiateWasm(
  functions: readonly WasmFunction[],
  memory: WasmMemory,
): Readonly<Record<string, unknown>> {
  const module = new WebAssembly.Module(encodeModule(functions))
  return new WebAssembly.Instance(module, { env: { memory } }).exports
}
