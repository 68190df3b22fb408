import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { writePrivate } from '../../../src/runtime/write-private.ts'
import { temporaryDirectory } from '../temporary-directory.ts'

test('T42: the file is for its owner only, also where a crash left a wider one half written', async () => {
  const directory = temporaryDirectory()
  const file = path.join(directory, 'model.safetensors')
  writeFileSync(`${file}.new`, 'half')
  chmodSync(`${file}.new`, 0o644)
  await writePrivate(file, Uint8Array.of(1))
  expect(statSync(file).mode & 0o777).toBe(0o600)
})

test('T44: the whole new file takes the place of the old one and leaves nothing beside it', async () => {
  const directory = temporaryDirectory()
  const file = path.join(directory, 'model.safetensors')
  await writePrivate(file, Uint8Array.of(1, 2, 3))
  await writePrivate(file, Uint8Array.of(4))
  expect([...readFileSync(file)]).toEqual([4])
  expect(readdirSync(directory)).toEqual(['model.safetensors'])
})

test('T44: what could not be made to its end leaves the old file as it was and nothing beside it', async () => {
  const directory = temporaryDirectory()
  const file = path.join(directory, 'predictions.csv')
  await writePrivate(file, ['old\n'])
  function* broken(): Generator<string> {
    yield 'new\n'
    throw new RangeError('no more')
  }
  await expect(writePrivate(file, broken())).rejects.toThrow('no more')
  expect(readFileSync(file, 'utf8')).toBe('old\n')
  expect(readdirSync(directory)).toEqual(['predictions.csv'])
})
