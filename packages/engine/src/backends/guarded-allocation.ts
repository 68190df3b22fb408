import { outOfMemory } from './out-of-memory.ts'

/** What allocates in a WebAssembly heap: C's malloc, 0 where there is no room. */
export type Allocator = { _malloc(bytes: number): number }

const guarded = new WeakSet<Allocator>()
const MOST = 'wasm has 4,096 MiB at most'

/**
 * Makes an allocator refuse what it has no room for: stock tfjs-wasm writes such a tensor to address 0, over others, and goes on with wrong
 * numbers. Idempotent.
 * @param bytesInUse - of all tensors.
 */
export function guardAllocation(allocator: Allocator, bytesInUse: () => number): void {
  if (guarded.has(allocator)) return
  guarded.add(allocator)
  const allocate = allocator._malloc.bind(allocator)
  const guard = (bytes: number): number => {
    const address = allocate(bytes)
    if (address === 0 && bytes > 0) throw outOfMemory(bytesInUse() + bytes, MOST)
    return address
  }
  // Emscripten's function puts another in its own place when it is first called.
  Object.defineProperty(allocator, '_malloc', { get: () => guard, set: () => undefined })
}
