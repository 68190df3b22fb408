import { holdOut } from '@fednode/engine'
import { expect, test } from 'vitest'
import { streamed } from '../../../../engine/test/unit/streamed.ts'
import { splitOwnRows } from '../../../src/alliance/split-own-rows.ts'

const COUNT = 50
const ROW_BYTES = 8
const HELD_BYTES = 10 * ROW_BYTES
const SEED = 3

const rows = {
  ...{ count: COUNT, featureShape: [2], featureScale: 1 },
  features: Float32Array.from({ length: 2 * COUNT }, (_, value) => value),
  targets: {
    kind: 'classes',
    labels: Int32Array.from({ length: COUNT }, (_, row) => row % 2),
    classes: 2,
  },
} as const

test('rows in memory are split there, and the limit is that of files', async () => {
  const split = await splitOwnRows(rows, { seed: SEED, memoryBytes: 1 })
  expect(split).toEqual(holdOut(rows, { share: 0.2, seed: SEED }))
})

test('rows in a file are trained on from a file; those that judge come into memory, the same ones', async () => {
  const { trained, held } = holdOut(rows, { share: 0.2, seed: SEED })
  const split = await splitOwnRows(streamed(rows, ROW_BYTES), {
    seed: SEED,
    memoryBytes: HELD_BYTES,
  })
  expect(split.held).toEqual(held)
  expect(split.trained).toMatchObject({ count: 40, targets: trained.targets })
  if (!('file' in split.trained)) throw new TypeError('the rows to train on are in memory')
  const { file } = split.trained
  const features = file.allocate(40)
  await file.read(0, features)
  file.close()
  expect(features).toEqual(trained.features)
})

test('those that judge have to fit into the memory that is allowed', async () => {
  const splitting = splitOwnRows(streamed(rows, ROW_BYTES), {
    seed: SEED,
    memoryBytes: HELD_BYTES - 1,
  })
  await expect(splitting).rejects.toMatchObject({
    message: expect.stringContaining('takes 1KiB of memory'),
    info: { fault: 'usage', code: 'MEMORY_LIMIT_TOO_SMALL' },
  })
})
