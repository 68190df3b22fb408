import { describe, expect, it } from 'vitest'
import { taskScope } from '../../../src/messages/task-scope.ts'

const REGISTRY = 0x75537828f2ce51be7289709686a69cbfdbb714f1n

describe('taskScope', () => {
  it('T3: is an address of its own for every task of every registry', () => {
    const scopes = [
      (REGISTRY << 96n) | 1n,
      (REGISTRY << 96n) | 2n,
      ((REGISTRY + 1n) << 96n) | 1n,
    ].map(taskScope)
    expect(new Set(scopes).size).toBe(3)
    for (const scope of scopes) expect(scope).toMatch(/^0x[0-9a-f]{40}$/)
  })
})
