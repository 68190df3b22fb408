import { type WasmMemory, WebAssembly } from '@fednode/engine'

const PAGE_BYTES = 65_536
const ALIGNMENT = 64

/** Memory of kernels, laid out once. */
export type SliceMemory<Name extends string> = {
  readonly memory: WasmMemory
  /** Where each part begins. */
  readonly at: Readonly<Record<Name, number>>
  /** A part as f32 values. */
  readonly floats: (address: number, count: number) => Float32Array
  /** A part as f64 values. */
  readonly doubles: (address: number, count: number) => Float64Array
}

/** Lays out parts of the given sizes in bytes one after the other; all zero at first. */
export function layOut<Name extends string>(
  sizes: Readonly<Record<Name, number>>,
): SliceMemory<Name> {
  let end = 0
  const at = {} as Record<Name, number>
  for (const [name, bytes] of Object.entries(sizes) as [Name, number][]) {
    at[name] = end
    end += Math.ceil(bytes / ALIGNMENT) * ALIGNMENT
  }
  const memory = new WebAssembly.Memory({ initial: Math.ceil(end / PAGE_BYTES) })
  return {
    memory,
    at,
    floats: (address, count) => new Float32Array(memory.buffer, address, count),
    doubles: (address, count) => new Float64Array(memory.buffer, address, count),
  }
}
