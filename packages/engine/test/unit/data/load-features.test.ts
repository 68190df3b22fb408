import { tmpdir } from 'node:os'
import type { DataSpec } from '@fednode/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadDataset } from '../../../src/data/load-dataset.ts'
import { loadFeatures } from '../../../src/data/load-features.ts'
import { parquetBytes } from '../../../src/data/parquet-bytes.ts'
import { readColumn } from '../../../src/data/read-column.ts'
import type { Features, StreamedFeatures } from '../../../src/types.ts'
import { createDataFolder, type DataFolder, dataErrorOf } from './data-folder.ts'

const AGE = {
  name: 'age',
  type: 'number',
  missing: [''],
  scale: { mean: 50, deviation: 10 },
} as const
const TABLE: DataSpec = {
  kind: 'table',
  columns: [AGE, { name: 'sex', type: 'category', categories: ['f', 'm'] }],
  label: { column: 'ill', classes: ['no', 'yes'] },
  group: ['patient'],
  missingRows: 'drop',
}
const SERIES: DataSpec = {
  kind: 'series',
  columns: [{ name: 'glucose', type: 'number' }],
  label: { column: 'glucose', scale: { mean: 1, deviation: 2 } },
  time: 'at',
  stepSeconds: 60,
  past: 2,
  horizon: 3,
}

const ROOM = { memoryBytes: 1_048_576, directory: tmpdir() }

function featuresOf(rows: Features | StreamedFeatures): Features['features'] {
  expect(rows).toHaveProperty('features')
  return 'features' in rows ? rows.features : new Float32Array()
}

describe('loadFeatures', () => {
  let folder: DataFolder

  beforeAll(async () => {
    folder = await createDataFolder()
  })
  afterAll(() => folder.remove())

  it('reads rows as training does, without label and group, and says which rows they are', async () => {
    const bare = await folder.write('bare.csv', 'sex,age\nm,60\nf,\nf,45\n')
    const full = await folder.write(
      'full.csv',
      'age,sex,ill,patient\n60,m,yes,a\n,f,no,b\n45,f,no,c\n',
    )
    const { rows, rowNumbers, report } = await loadFeatures(bare, TABLE, ROOM)
    const { dataset } = await loadDataset(full, TABLE)
    expect(featuresOf(rows)).toEqual(dataset.features)
    expect(rows).not.toHaveProperty('targets')
    expect([...rowNumbers]).toEqual([1, 3])
    expect(report).toMatchObject({ rows: 3, used: 2, dropped: 1 })
  })

  it('refuses what training refuses', async () => {
    const file = await folder.write('other.csv', 'sex,age\nx,60\n')
    expect(await dataErrorOf(loadFeatures(file, TABLE, ROOM))).toMatchObject({
      code: 'DATA_BAD_VALUE',
    })
  })

  it('gives a window for every reading with enough before it, also where the target is to come', async () => {
    const file = await folder.write('series.csv', 'at,glucose\n0,5\n60,6\n120,7\n600,8\n660,9\n')
    const { rows, rowNumbers } = await loadFeatures(file, SERIES, ROOM)
    expect([...featuresOf(rows)]).toEqual([5, 6, 6, 7, 8, 9])
    expect([...rowNumbers]).toEqual([2, 3, 5])
  })

  it('says what a predicted change is added to: the last reading of every window', async () => {
    const file = await folder.write('changes.csv', 'at,glucose\n0,5\n60,6\n120,7\n600,8\n660,9\n')
    const { rows, changesFrom } = await loadFeatures(file, { ...SERIES, changeScale: 0.5 }, ROOM)
    expect([...featuresOf(rows)]).toEqual([2, 6, 2, 7, 2, 9])
    expect(changesFrom).toEqual(Float64Array.of(6, 7, 9))
  })

  it('reads texts without their class', async () => {
    const file = await folder.write('texts.csv', 'words\ngood film\nbad\n')
    const data: DataSpec = {
      kind: 'text',
      column: 'words',
      label: { column: 'mood', classes: ['bad', 'good'] },
      tokens: 3,
      buckets: 50,
    }
    const { rows, rowNumbers } = await loadFeatures(file, data, ROOM)
    expect(rows.count).toBe(2)
    expect([...featuresOf(rows)].map((token) => token > 0)).toEqual([
      true,
      true,
      false,
      true,
      false,
      false,
    ])
    expect([...rowNumbers]).toEqual([1, 2])
  })
})

describe('a Parquet file that is written', () => {
  it('is read back cell by cell, whatever its columns are called', async () => {
    const folder = await createDataFolder()
    const columns = [
      { name: 'row', type: 'integer' },
      { name: 'p("a"); DROP TABLE written; --', type: 'number' },
      { name: 'class', type: 'text' },
    ] as const
    const bytes = await parquetBytes(columns, [
      [1, 0.25, "o'clock"],
      [3, 1e-7, '=1+1'],
    ])
    const file = await folder.write('out.parquet', bytes)
    expect(await readColumn(file, 'row')).toEqual(['1', '3'])
    expect((await readColumn(file, 'p("a"); DROP TABLE written; --')).map(Number)).toEqual([
      0.25, 1e-7,
    ])
    expect(await readColumn(file, 'class')).toEqual(["o'clock", '=1+1'])
    await folder.remove()
  })
})
