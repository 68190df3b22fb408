import { type ArrayData, encodeSafetensors, type NamedTensor } from '@fednode/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadDataset } from '../../../src/data/load-dataset.ts'
import { createDataFolder, type DataFolder, dataErrorOf } from './data-folder.ts'

const DIGITS: ArrayData = { kind: 'array', shape: [2, 3], classes: ['zero', 'one', 'two'] }
const features: NamedTensor = {
  name: 'features',
  dtype: 'U8',
  shape: [2, 2, 3],
  bytes: Uint8Array.from({ length: 12 }, (_, i) => 20 * i),
}
const labels: NamedTensor = { name: 'labels', dtype: 'U8', shape: [2], bytes: Uint8Array.of(2, 0) }

let folder: DataFolder
beforeAll(async () => {
  folder = await createDataFolder()
})
afterAll(() => folder.remove())

const load = async (tensors: readonly NamedTensor[] | Uint8Array) => {
  const bytes = tensors instanceof Uint8Array ? tensors : encodeSafetensors(tensors)
  return loadDataset(await folder.write('digits.safetensors', bytes), DIGITS)
}
const failure = (tensors: readonly NamedTensor[] | Uint8Array) => dataErrorOf(load(tensors))

describe('loadDataset of a safetensors file', () => {
  it('keeps bytes, scaled by 1/255 on use, and counts labels', async () => {
    const { dataset, report } = await load([features, labels])
    expect(dataset).toMatchObject({
      count: 2,
      featureShape: [2, 3],
      featureScale: 1 / 255,
      targets: { kind: 'classes', labels: Int32Array.of(2, 0), classes: 3 },
    })
    expect([...dataset.features]).toEqual([...features.bytes])
    expect(report).toEqual({
      file: 'digits.safetensors',
      rows: 2,
      used: 2,
      dropped: 0,
      columns: [],
      labels: [
        { name: 'zero', count: 1 },
        { name: 'one', count: 0 },
        { name: 'two', count: 1 },
      ],
      warnings: [],
    })
  })

  it.each([
    ['without labels', [features], 'DATA_BAD_ARRAY', 'there is no tensor "labels"'],
    [
      'of another shape',
      [{ ...features, shape: [2, 6] }, labels],
      'DATA_BAD_ARRAY',
      '"features" is U8 [2, 6], the manifest asks for U8 [2, 2, 3]',
    ],
    [
      'with too few labels',
      [features, { ...labels, shape: [1], bytes: Uint8Array.of(1) }],
      'DATA_BAD_ARRAY',
      'asks for U8 [1, 2, 3]',
    ],
    [
      'of another type',
      [features, { ...labels, dtype: 'I32', bytes: new Uint8Array(8) }],
      'DATA_BAD_ARRAY',
      '"labels" is I32 [2]',
    ],
    [
      'with a label out of range',
      [features, { ...labels, bytes: Uint8Array.of(1, 3) }],
      'DATA_BAD_LABEL',
      'labels row 2: 3 is not a class index from 0 to 2',
    ],
    [
      'without rows',
      [
        { ...features, shape: [0, 2, 3], bytes: new Uint8Array(0) },
        { ...labels, shape: [0], bytes: new Uint8Array(0) },
      ],
      'DATA_NO_ROWS',
      'has no rows',
    ],
  ] as const)('refuses one %s', async (_, tensors, code, message) => {
    const error = await failure(tensors)
    expect(error.code).toBe(code)
    expect(error.message).toContain(message)
  })

  it('T19: refuses bytes that are no safetensors file', async () => {
    const good = encodeSafetensors([features, labels])
    for (const bytes of [
      good.subarray(0, 20),
      good.subarray(0, good.length - 1),
      Uint8Array.of(1, 2, 3),
      new Uint8Array(64).fill(255),
    ])
      expect((await failure(bytes)).code).toBe('DATA_BAD_ARRAY')
  })

  it('refuses a table where arrays are asked for', async () => {
    const path = await folder.write('digits.csv', 'a,b\n1,2\n')
    expect((await dataErrorOf(loadDataset(path, DIGITS))).message).toBe(
      'digits.csv: the manifest asks for arrays',
    )
  })
})
