import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import type { TensorInfo } from '@tensorflow/tfjs-core'
import type { WasmMemory } from '../wasm/web-assembly.ts'

/** The memory that a back end's tensors lie in. */
export function memoryOf(backend: BackendWasm): WasmMemory {
  // Emscripten exports it; the package's types leave it out.
  return (backend.wasm as unknown as { asm: { memory: WasmMemory } }).asm.memory
}

/** Where a tensor begins in the back end's memory, in bytes. */
export function addressOf(backend: BackendWasm, info: TensorInfo): number {
  return backend.dataIdMap.get(info.dataId).memoryOffset
}
