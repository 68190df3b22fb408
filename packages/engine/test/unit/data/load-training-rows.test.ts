import { readdirSync, statSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { DataSpec } from '@fednode/protocol'
import { PNG } from 'pngjs'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { checkDataset } from '../../../src/data/check-dataset.ts'
import { loadDataset, loadTrainingRows } from '../../../src/data/load-dataset.ts'
import { loadFeatures } from '../../../src/data/load-features.ts'
import { readReport } from '../../../src/data/read-report.ts'
import { createRandom } from '../../../src/random.ts'
import type { StreamedDataset } from '../../../src/types.ts'
import { createDataFolder, type DataFolder, dataErrorOf } from './data-folder.ts'

const ROWS = 3_000
const AGE = {
  name: 'age',
  type: 'number',
  missing: ['?'],
  scale: { mean: 50, deviation: 10 },
} as const
const SEX = { name: 'sex', type: 'category', categories: ['f', 'm'] } as const
const TABLE = { kind: 'table', columns: [AGE, SEX], missingRows: 'drop' } as const
const CLASSES: DataSpec = {
  ...TABLE,
  label: { column: 'ill', classes: ['no', 'yes'] },
  group: ['ward'],
}
const KINDS: readonly (readonly [string, DataSpec])[] = [
  ['a table', CLASSES],
  ['a table of survival', { ...TABLE, label: { time: 'days', event: 'died' } }],
  ['a table without a label', TABLE],
  [
    'a series',
    {
      ...{ kind: 'series', columns: [AGE], label: { column: 'days' } },
      ...{ time: 'at', stepSeconds: 60, past: 3, horizon: 1 },
    },
  ],
  [
    'texts',
    {
      ...{ kind: 'text', column: 'note', tokens: 4, buckets: 50 },
      label: { column: 'ill', classes: ['no', 'yes'] },
    },
  ],
]

/** Rows of every kind, some with a missing value. */
function csv(): string {
  const random = createRandom(4)
  const one = (words: readonly string[]): string => words[random.below(words.length)] ?? ''
  const lines = Array.from({ length: ROWS }, (_, row) => {
    const age = one(['?', '31.5', '50', '77', '64.25', '12'])
    const cells = [
      age,
      one(['f', 'm']),
      one(['no', 'yes']),
      one(['a', 'b', 'c']),
      random.below(900),
    ]
    return [...cells, one(['0', '1']), 60 * row, one(['no pain', 'bad cough again'])].join(',')
  })
  return ['age,sex,ill,ward,days,died,at,note', ...lines, ''].join('\n')
}

let folder: DataFolder
let file: string
beforeAll(async () => {
  folder = await createDataFolder()
  file = await folder.write('rows.csv', csv())
})
afterAll(() => folder.remove())

async function loadToDisk(source: string, data: DataSpec): Promise<StreamedDataset> {
  const room = { memoryBytes: 1_024, directory: join(folder.path, 'rows') }
  const { dataset } = await loadTrainingRows(source, data, room)
  if (!('file' in dataset)) throw new Error('the rows stayed in memory')
  onTestFinished(() => dataset.file.close())
  return dataset
}

function allRows({ file, count }: StreamedDataset): Float32Array | Uint8Array {
  const rows = file.allocate(count)
  file.readNow(0, rows)
  return rows
}

describe('rows that exceed the memory given', () => {
  it.each(KINDS)('are those of %s in memory', async (_kind, data) => {
    const { features, ...expected } = (await loadDataset(file, data)).dataset
    const streamed = await loadToDisk(file, data)
    const { file: rows, ...actual } = streamed
    expect(actual).toEqual(expected)
    expect(allRows(streamed)).toEqual(features)
    expect(rows.windowBytes).toBe(256)
  })

  it('are those of a folder of images', async () => {
    const path = join(folder.path, 'images')
    await mkdir(path)
    for (const [i, grey] of [10, 200, 90].entries()) {
      const image = new PNG({ width: 20, height: 20 })
      image.data.fill(grey)
      for (let at = 3; at < image.data.length; at += 4) image.data[at] = 255
      await writeFile(join(path, `${i}.png`), PNG.sync.write(image))
    }
    const data: DataSpec = { kind: 'array', shape: [20, 20] }
    const { dataset } = await loadDataset(path, data)
    const streamed = await loadToDisk(path, data)
    expect(allRows(streamed)).toEqual(dataset.features)
    expect(streamed).toMatchObject({ count: 3, featureScale: 1 / 255 })
  })

  it('T42: lie in a file that nobody else can open and that has no name', async () => {
    const streamed = await loadToDisk(file, CLASSES)
    const directory = join(folder.path, 'rows')
    expect(readdirSync(directory)).toEqual([])
    expect(statSync(directory).mode & 0o777).toBe(0o700)
    expect(allRows(streamed)).toHaveLength(streamed.count * 3)
  })

  it('stay in memory as long as they fit', async () => {
    const room = { memoryBytes: 12 * ROWS, directory: folder.path }
    const { dataset } = await loadTrainingRows(file, CLASSES, room)
    expect(dataset).toEqual((await loadDataset(file, CLASSES)).dataset)
  })

  it('are predicted for without their label', async () => {
    const room = { memoryBytes: 1_024, directory: folder.path }
    const whole = { ...room, memoryBytes: 1e6 }
    const bare = await folder.write('bare.csv', 'sex,age\nm,60\nf,?\n'.concat('f,45\n'.repeat(100)))
    const { rows, rowNumbers } = await loadFeatures(bare, CLASSES, room)
    const expected = await loadFeatures(bare, CLASSES, whole)
    if (!('file' in rows) || !('features' in expected.rows)) throw new Error('kept elsewhere')
    const read = rows.file.allocate(rows.count)
    rows.file.readNow(0, read)
    rows.file.close()
    expect(read).toEqual(expected.rows.features)
    expect(rowNumbers).toEqual(expected.rowNumbers)
  })

  it('are refused with the same words as others', async () => {
    const bad = await folder.write('bad.csv', `${csv()}x,m,yes,a,1,0,0,no\n`)
    const room = { memoryBytes: 1_024, directory: folder.path }
    const expected = await dataErrorOf(loadDataset(bad, CLASSES))
    expect(await dataErrorOf(loadTrainingRows(bad, CLASSES, room))).toEqual(expected)
    expect(expected).toMatchObject({
      code: 'DATA_BAD_VALUE',
      message: expect.stringContaining('row 3001'),
    })
  })

  it('are refused where they may not be written, in one line', async () => {
    const room = { memoryBytes: 1_024, directory: file }
    expect(await dataErrorOf(loadTrainingRows(file, CLASSES, room))).toMatchObject({
      code: 'DATA_DISK_FAILED',
      message: expect.stringMatching(/rows of rows\.csv cannot be kept: /),
      hint: 'Check that this user may write there and that the disk works.',
    })
  })

  it('are only counted by who checks them', async () => {
    const { report, violations } = await checkDataset(file, CLASSES)
    const { report: expected } = await loadDataset(file, CLASSES)
    expect(report).toEqual(expected)
    expect(await readReport(file, CLASSES)).toEqual(expected)
    expect(violations).toEqual([])
  })
})
