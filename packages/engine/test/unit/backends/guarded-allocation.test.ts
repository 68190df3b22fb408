import { describe, expect, it } from 'vitest'
import { guardAllocation } from '../../../src/backends/guarded-allocation.ts'

/** A heap with room for so many bytes, which begins at 16. */
function heapOf(room: number) {
  let next = 16
  return {
    _malloc(bytes: number): number {
      const address = next
      if (next - 16 + bytes > room) return 0
      next += bytes
      return address
    },
  }
}

describe('guardAllocation', () => {
  it('refuses what there is no room for, and says how much was needed', () => {
    const heap = heapOf(3_145_728)
    guardAllocation(heap, () => 2_097_152)
    expect(heap._malloc(2_097_152)).toBe(16)
    expect(() => heap._malloc(2_097_152)).toThrow('4 MiB of tensors were needed')
    expect(heap._malloc(1_048_576)).toBe(2_097_168)
  })

  it('lets an allocation of nothing be nowhere', () => {
    const heap = { _malloc: () => 0 }
    guardAllocation(heap, () => 0)
    expect(heap._malloc()).toBe(0)
  })

  it('stays where a function puts another in its own place, as those of Emscripten do', () => {
    const heap = {
      _malloc(bytes: number): number {
        heap._malloc = () => 0
        return bytes < 10 ? 16 : 0
      },
    }
    guardAllocation(heap, () => 0)
    expect(heap._malloc(1)).toBe(16)
    expect(() => heap._malloc(10)).toThrow('Out of memory')
  })

  it('guards once', () => {
    const heap = heapOf(1)
    guardAllocation(heap, () => 0)
    const own = heap._malloc
    guardAllocation(heap, () => 0)
    expect(heap._malloc).toBe(own)
  })
})
