import type { TabularData } from '@fednode/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadDataset } from '../../../src/data/load-dataset.ts'
import { createDataFolder, type DataFolder, dataErrorOf } from './data-folder.ts'
import { sharedData } from './shared-data.ts'

const BASE: TabularData = {
  kind: 'table',
  columns: [{ name: 'x', type: 'number' }],
  missingRows: 'drop',
}

let folder: DataFolder
beforeAll(async () => {
  folder = await createDataFolder()
})
afterAll(() => folder.remove())

const load = async (content: string, change: Partial<TabularData>) =>
  loadDataset(await folder.write('t.csv', content), { ...BASE, ...change })
const failure = (content: string, change: Partial<TabularData>) =>
  dataErrorOf(load(content, change))

describe('a label that is a number', () => {
  const label = {
    column: 'y',
    unit: 'mg/dl',
    min: 0,
    max: 400,
    scale: { mean: 100, deviation: 50 },
  }

  it('is scaled for the model and reported in its own unit', async () => {
    const { dataset, report } = await load('x,y\n1,150\n2,50\n', { label })
    expect(dataset.targets).toEqual({
      kind: 'value',
      values: Float32Array.of(1, -1),
      scale: { mean: 100, deviation: 50 },
    })
    expect(report).toMatchObject({ labels: [], warnings: [] })
    expect(report.label).toMatchObject({ name: 'y', unit: 'mg/dl', min: 50, max: 150, mean: 100 })
  })

  it.each([
    ['x,y\n1,401\n', 't.csv: label "y" row 1: "401" is above the maximum of 400 (mg/dl)'],
    ['x,y\n1,150\n2,\n', 't.csv: label "y" row 2: the cell is empty'],
    ['x,y\n1,NaN\n', 't.csv: label "y" row 1: "NaN" is not a number (mg/dl)'],
  ])('is refused in %j', async (content, message) => {
    expect(await failure(content, { label })).toMatchObject({ code: 'DATA_BAD_LABEL', message })
  })

  it('is warned of when it never changes', async () => {
    const { report } = await load('x,y\n1,5\n2,5\n', { label })
    expect(report.warnings).toEqual([
      {
        code: 'DATA_CONSTANT_LABEL',
        text: 'every row has the same y: there is nothing to learn here',
      },
    ])
  })
})

describe('a label of time and event', () => {
  const label = { time: 'days', event: 'died' }

  it('keeps both, whatever words a database has for the event', async () => {
    const { dataset, report } = await load('x,days,died\n1,10.5,1\n2,20,0\n3,30,true\n', { label })
    expect(dataset.targets).toEqual({
      kind: 'risk',
      times: Float64Array.of(10.5, 20, 30),
      observed: Uint8Array.of(1, 0, 1),
    })
    expect(report.labels).toEqual([
      { name: 'event', count: 2 },
      { name: 'censored', count: 1 },
    ])
  })

  it('is warned of when nobody has the event', async () => {
    const { report } = await load('x,days,died\n1,10,0\n', { label })
    expect(report.warnings.map(({ code }) => code)).toEqual(['DATA_NO_EVENTS'])
  })

  it('is refused for a time below zero and an event that is neither', async () => {
    expect((await failure('x,days,died\n1,-1,0\n', { label })).message).toBe(
      't.csv: label "days" row 1: "-1" is below the minimum of 0',
    )
    expect((await failure('x,days,died\n1,1,2\n', { label })).message).toContain(
      'label "died" row 1: "2" is not one of: 0, 1, false, true',
    )
  })

  const { path, isAbsent } = sharedData('tcga-brca/brca.csv')
  it.skipIf(isAbsent)('is what TCGA-BRCA has: 1,096 patients (needs shared/data)', async () => {
    const { report } = await loadDataset(path, {
      ...BASE,
      columns: [{ name: 'age_at_index', type: 'number', unit: 'years', min: 0, max: 120 }],
      label: { time: 'T', event: 'E' },
    })
    expect(report).toMatchObject({ rows: 1_096, used: 1_096 })
    expect(report.labels[0]?.count).toBeGreaterThan(150)
  })
})

describe('no label', () => {
  it('makes the rows themselves what is learned', async () => {
    const { dataset, report } = await load('x\n1\n2\n', {})
    expect(dataset.targets).toEqual({ kind: 'reconstruction' })
    expect(report).toMatchObject({ used: 2, labels: [], warnings: [] })
  })
})

describe('a label that is a class', () => {
  const label = { column: 'y', classes: ['no', 'yes'] }

  it('is warned of when there is one class only', async () => {
    const { report } = await load('x,y\n1,yes\n2,yes\n', { label })
    expect(report.warnings).toEqual([
      {
        code: 'DATA_ONE_CLASS',
        text: 'every row is of class "yes": nothing here tells the classes apart',
      },
    ])
  })

  it('is refused when it is missing', async () => {
    expect(await failure('x,y\n1,\n', { label })).toMatchObject({
      code: 'DATA_BAD_LABEL',
      message: 't.csv: label "y" row 1: "" is not one of: no, yes',
    })
  })
})

describe('missing values that are filled', () => {
  it('become the value of the column or else its mean, and none of the categories', async () => {
    const { dataset, report } = await load('a,b,c\n,,\n4,30,u\n', {
      columns: [
        { name: 'a', type: 'number', missing: [''], impute: 4, scale: { mean: 2, deviation: 2 } },
        { name: 'b', type: 'number', missing: [''], scale: { mean: 20, deviation: 10 } },
        { name: 'c', type: 'category', categories: ['u', 'v'], missing: [''] },
      ],
      missingRows: 'impute',
    })
    expect([...dataset.features]).toEqual([1, 0, 0, 0, 1, 1, 1, 0])
    expect(report).toMatchObject({ rows: 2, used: 2, dropped: 0 })
    expect(report.columns.map(({ missing }) => missing)).toEqual([1, 1, 1])
  })
})

describe('group columns', () => {
  it('number the groups of the rows that are used', async () => {
    const { dataset, report } = await load('x,who,visit\n1,a,1\n2,b,1\n?,c,1\n3,a,1\n4,a,2\n', {
      columns: [{ name: 'x', type: 'number', missing: ['?'] }],
      group: ['who', 'visit'],
    })
    expect(dataset.groups).toEqual(Int32Array.of(0, 1, 0, 2))
    expect(report.groups).toBe(3)
  })
})
