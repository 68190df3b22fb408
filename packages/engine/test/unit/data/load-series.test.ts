import type { SeriesData } from '@fednode/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadDataset } from '../../../src/data/load-dataset.ts'
import { createDataFolder, type DataFolder, dataErrorOf } from './data-folder.ts'
import { sharedData } from './shared-data.ts'

const DATA: SeriesData = {
  kind: 'series',
  columns: [{ name: 'g', type: 'number', missing: [''], scale: { mean: 10, deviation: 10 } }],
  label: { column: 'g', unit: 'mg/dl', scale: { mean: 0, deviation: 10 } },
  time: 't',
  group: ['who'],
  stepSeconds: 60,
  past: 2,
  horizon: 1,
}

let folder: DataFolder
beforeAll(async () => {
  folder = await createDataFolder()
})
afterAll(() => folder.remove())

const load = async (rows: readonly string[], change: Partial<SeriesData> = {}) =>
  loadDataset(await folder.write('s.csv', `who,t,g\n${rows.join('\n')}`), { ...DATA, ...change })

describe('loadDataset of a series', () => {
  it('cuts windows, oldest reading first, and scales inputs and target', async () => {
    const { dataset, report } = await load(['a,0,10', 'a,60,20', 'a,120,30', 'a,180,40'])
    expect(dataset).toMatchObject({ count: 2, featureShape: [2, 1] })
    expect([...dataset.features]).toEqual([0, 1, 1, 2])
    expect(dataset.targets).toMatchObject({ kind: 'value', values: Float32Array.of(3, 4) })
    expect(report).toMatchObject({ rows: 4, used: 2, dropped: 0, groups: 1 })
  })

  it('takes readings in any order, with ISO times', async () => {
    const { dataset } = await load([
      'a,2026-01-01T00:02:00,30',
      'a,2026-01-01 00:00:00,10',
      'a,2026-01-01T00:01:00,20',
    ])
    expect([...dataset.features]).toEqual([0, 1])
  })

  it.each([
    ['a gap', ['a,0,1', 'a,60,2', 'a,180,3', 'a,240,4'], 0],
    ['another series', ['a,0,1', 'a,60,2', 'b,120,3', 'b,180,4'], 0],
    ['a missing reading', ['a,0,1', 'a,60,', 'a,120,3', 'a,180,4', 'a,240,5'], 1],
    ['the same time twice', ['a,0,1', 'a,0,1', 'a,60,2', 'a,120,3'], 1],
    ['a clock that is a little off', ['a,0,1', 'a,63,2', 'a,121,3'], 1],
  ])('lets no window cross %s', async (_, rows, expected) => {
    const work = load(rows)
    if (expected === 0) expect((await dataErrorOf(work)).code).toBe('DATA_NO_ROWS')
    else expect((await work).dataset.count).toBe(expected)
  })

  it('predicts several steps ahead', async () => {
    const rows = ['a,0,10', 'a,60,20', 'a,120,30', 'a,180,40', 'a,240,50']
    const { dataset } = await load(rows, { horizon: 3 })
    expect(dataset.targets).toMatchObject({ values: Float32Array.of(5) })
  })

  it('makes changes of the readings and of the target where the manifest asks for them', async () => {
    const rows = ['a,0,10', 'a,60,12', 'a,120,20', 'a,180,50']
    const { dataset } = await load(rows, { past: 3, changeScale: 0.2 })
    // Steps of 2 and 8 over 0.2 x 10, then the last reading itself, scaled as ever; the target is 30 more than that.
    expect([...dataset.features]).toEqual([1, 4, 1])
    expect(dataset.targets).toEqual({
      kind: 'value',
      values: Float32Array.of(15),
      scale: { mean: 0, deviation: 2 },
    })
  })

  it('numbers the series of every window', async () => {
    const { dataset } = await load(
      ['a', 'b'].flatMap((who) => [`${who},0,1`, `${who},60,2`, `${who},120,3`]),
    )
    expect(dataset.groups).toEqual(Int32Array.of(0, 1))
  })

  it('names a text that is no time', async () => {
    expect(await dataErrorOf(load(['a,yesterday,1']))).toMatchObject({
      code: 'DATA_BAD_VALUE',
      message: 's.csv: column "t" row 1: "yesterday" is not a time',
    })
  })

  // The windows that the data set's README counts end `horizon` readings before the last that fits in each period.
  it.each([
    ['shanghai_t1dm', 10_793 + 4_649, 16],
    ['shanghai_t2dm', 77_370 + 33_328, 109],
  ])('finds the windows of %s (needs shared/data)', async (name, published, periods) => {
    const { path, isAbsent } = sharedData(`glucose-shanghai/${name}.csv.gz`)
    if (isAbsent) return expect(path).toContain('shared/data')
    const { report } = await loadDataset(path, {
      ...DATA,
      columns: [{ name: 'cgm_mg_dl', type: 'number', unit: 'mg/dl', missing: [''] }],
      label: { column: 'cgm_mg_dl', unit: 'mg/dl' },
      time: 'time',
      group: ['patient', 'period'],
      stepSeconds: 900,
      past: 12,
      horizon: 2,
    })
    expect(report.used).toBe(published + 2 * periods)
    expect(report.groups).toBe(periods)
  })
})
