import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createVectorPool } from '../../../src/assessment/vector-pool.ts'

let directory: string

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'fednode-pool-'))
})

afterEach(() => rmSync(directory, { recursive: true, force: true }))

describe('a pool of vectors', () => {
  it.each([
    ['in memory', 1_000],
    ['in files', 0],
  ])('reads back what was written, slice by slice: %s', (_, memoryBytes) => {
    const pool = createVectorPool(directory, { memoryBytes })
    const vector = pool.create(5)
    vector.write(3, Float32Array.of(4, 5))
    vector.write(0, Float32Array.of(1.5, -2, Number.MIN_VALUE))
    const middle = new Float32Array(3)
    vector.read(1, middle)
    expect([...middle]).toEqual([-2, 0, 4])
    pool.close()
  })

  it('reads zeros where nothing was written', () => {
    const pool = createVectorPool(directory, { memoryBytes: 0 })
    const vector = pool.create(4)
    vector.write(0, Float32Array.of(7))
    const all = new Float32Array(4).fill(9)
    vector.read(0, all)
    expect([...all]).toEqual([7, 0, 0, 0])
    pool.close()
  })

  it('uses files only above its memory, private ones, and removes them when closed', () => {
    const pool = createVectorPool(directory, { memoryBytes: 16 })
    pool.create(4)
    expect(readdirSync(directory)).toEqual([])
    pool.create(1).write(0, Float32Array.of(1))
    const [folder = ''] = readdirSync(directory)
    const [file = ''] = readdirSync(path.join(directory, folder))
    expect(statSync(path.join(directory, folder, file)).mode & 0o777).toBe(0o600)
    pool.close()
    pool.close()
    expect(existsSync(path.join(directory, folder))).toBe(false)
  })
})
