import type { TextData } from '@fednode/protocol'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadDataset } from '../../../src/data/load-dataset.ts'
import { writeTokens } from '../../../src/data/write-tokens.ts'
import { createDataFolder, type DataFolder } from './data-folder.ts'

const BUCKETS = 1_000
const tokensOf = (text: string, tokens = 4, buckets = BUCKETS): number[] => {
  const ids = new Float32Array(tokens).fill(9)
  writeTokens(text, buckets, ids)
  return [...ids]
}
/** FNV-1a, 32 bits, of "a" and "foobar" as published with the hash. */
const HASH_OF_A = 0xe40c292c
const HASH_OF_FOOBAR = 0xbf9cf968

describe('writeTokens', () => {
  it('hashes words by FNV-1a and pads with 0', () => {
    expect(tokensOf('a, foobar!')).toEqual([
      1 + (HASH_OF_A % BUCKETS),
      1 + (HASH_OF_FOOBAR % BUCKETS),
      0,
      0,
    ])
  })

  it('takes upper case, width and punctuation for the same word', () => {
    expect(tokensOf('ＣＡＦÉ')).toEqual(tokensOf('(café)'))
    expect(tokensOf('Zürich 8001')).toEqual(tokensOf('zu\u0308rich—8001'))
  })

  it('reads the first words only', () => {
    expect(tokensOf('one two three four five')).toEqual(tokensOf('one two three four'))
  })

  it('gives ids from 0 to the number of buckets for whatever text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 2, max: 50 }), (text, buckets) =>
        tokensOf(text, 8, buckets).every((id) => Number.isInteger(id) && id >= 0 && id <= buckets),
      ),
    )
  })
})

describe('loadDataset of texts', () => {
  const DATA: TextData = {
    kind: 'text',
    column: 'sentence',
    label: { column: 'mood', classes: ['0', '1'] },
    tokens: 3,
    buckets: BUCKETS,
  }
  let folder: DataFolder
  beforeAll(async () => {
    folder = await createDataFolder()
  })
  afterAll(() => folder.remove())

  it('gives one row of ids for each text', async () => {
    const path = await folder.write('t.csv', 'mood,sentence\n1,"Good, really good"\n0,bad\n')
    const { dataset, report } = await loadDataset(path, DATA)
    expect(dataset).toMatchObject({ count: 2, featureShape: [3], featureScale: 1 })
    expect([...dataset.features]).toEqual([
      ...tokensOf('good really good', 3),
      ...tokensOf('bad', 3),
    ])
    expect(dataset.targets).toMatchObject({ labels: Int32Array.of(1, 0) })
    expect(report.labels.map(({ count }) => count)).toEqual([1, 1])
  })

  it('takes quotes in a file of tabs for text', async () => {
    const path = await folder.write('t.tsv', 'mood\tsentence\n1\t"Good" he said\n0\tso "bad\n')
    const { dataset } = await loadDataset(path, DATA)
    expect([...dataset.features]).toEqual([
      ...tokensOf('good he said', 3),
      ...tokensOf('so bad', 3),
    ])
  })
})
