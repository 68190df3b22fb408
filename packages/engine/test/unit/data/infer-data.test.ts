import type { DataSpec, TabularData } from '@fednode/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inferData } from '../../../src/data/infer-data.ts'
import type { TableWish } from '../../../src/data/inferred-data.ts'
import { loadDataset } from '../../../src/data/load-dataset.ts'
import { createDataFolder, type DataFolder, dataErrorOf } from './data-folder.ts'
import { sharedData } from './shared-data.ts'

let folder: DataFolder
beforeAll(async () => {
  folder = await createDataFolder()
})
afterAll(() => folder.remove())

const infer = async (content: string, wish: TableWish) =>
  inferData(await folder.write('t.csv', content), wish)
/** A table of `rows` made by a function of the row number. */
const tableOf = (header: string, rows: number, line: (row: number) => string): string =>
  [header, ...Array.from({ length: rows }, (_, row) => line(row))].join('\n')
const columnsOf = (data: DataSpec): string[] =>
  data.kind === 'table' ? data.columns.map(({ name }) => name) : []

const ROWS = ['age,chol,cp,fixed,sick', '60,200.5,none,7,1', '40,?,mild,7,0', '50,100,none,7,1']

describe('inferData', () => {
  it('guesses types, categories, missing texts, scale, range and classes', async () => {
    const { data, leftOut, unlabelled } = await infer(ROWS.join('\n'), { label: 'sick' })
    expect(data).toEqual({
      kind: 'table',
      columns: [
        {
          name: 'age',
          type: 'integer',
          missing: ['?'],
          min: 0,
          max: 80,
          scale: { mean: 50, deviation: 8.16497 },
        },
        {
          name: 'chol',
          type: 'number',
          missing: ['?'],
          min: 0,
          max: 310,
          scale: { mean: 150.25, deviation: 50.25 },
        },
        { name: 'cp', type: 'category', categories: ['mild', 'none'], missing: ['?'] },
        { name: 'fixed', type: 'integer', missing: ['?'], impute: 7 },
      ],
      label: { column: 'sick', classes: ['0', '1'] },
      missingRows: 'impute',
    })
    expect({ leftOut, unlabelled }).toEqual({ leftOut: [], unlabelled: 0 })
  })

  it('infers a schema by which its own file loads', async () => {
    const path = await folder.write('t.csv', ROWS.join('\n'))
    const { data } = await inferData(path, { label: 'sick' })
    expect((await loadDataset(path, data)).dataset.count).toBe(3)
  })

  it('names columns of few small whole numbers, which may be codes', async () => {
    const content = tableOf(
      'slope,sex,year,dose,big,y',
      40,
      (row) => `${(row % 3) + 1},${row % 2},${1990 + (row % 4)},${row % 5}.5,${row},${row % 2}`,
    )
    const { codes } = await infer(content, { label: 'y' })
    expect(codes).toEqual([{ column: 'slope', values: ['1', '2', '3'] }])
  })

  it('drops rows where few have a gap, and fills gaps where many have', async () => {
    const gaps = (every: number) =>
      infer(
        tableOf('x,y', 100, (row) => `${row % every === 0 ? '' : row % 7},${row % 2}`),
        { label: 'y' },
      )
    expect((await gaps(50)).data).toMatchObject({ missingRows: 'drop' })
    expect((await gaps(5)).data).toMatchObject({ missingRows: 'impute' })
  })

  it('leaves room around the observed range, also below zero', async () => {
    const { data } = await infer('x,y\n-1.25,a\n0,b\n3,a\n', { label: 'y' })
    expect((data as TabularData).columns[0]).toMatchObject({ type: 'number', min: -5.5, max: 7.3 })
  })

  it.each([
    ['words', 'x,y\n1,yes\n2,no\n3,no', { label: 'y' }, { classes: ['no', 'yes'] }],
    ['few whole numbers', 'x,y\n1,10\n2,9\n3,-1', { label: 'y' }, { classes: ['-1', '9', '10'] }],
    ['numbers', 'x,y\n1,1.5\n2,2.5\n3,4', { label: 'y' }, { column: 'y', min: 0, max: 6.5 }],
    [
      'words and times',
      'x,t,e\n1,5,1\n2,6,0',
      { time: 't', event: 'e' },
      { time: 't', event: 'e' },
    ],
  ] as const)('guesses the task from a label of %s', async (_, content, wish, label) => {
    const { data } = await infer(content, wish)
    expect((data as TabularData).label).toMatchObject(label)
  })

  it('takes many whole numbers for a measurement, unless told otherwise', async () => {
    const content = tableOf('x,y', 60, (row) => `${row % 5},${row % 30}`)
    expect((await infer(content, { label: 'y' })).data).toMatchObject({
      label: { scale: { mean: 14.5 } },
    })
    expect((await infer(content, { label: 'y', task: 'classification' })).data).toHaveProperty(
      'label.classes.length',
      30,
    )
  })

  it('learns the rows themselves where there is no label', async () => {
    const { data } = await infer('x,z\n1,2\n2,3\n', {})
    expect(data).not.toHaveProperty('label')
    expect(columnsOf(data)).toEqual(['x', 'z'])
  })

  it('finds the step of readings over time', async () => {
    const content = tableOf(
      'who,when,g',
      40,
      (row) => `${row < 20 ? 'a' : 'b'},${(row === 5 ? 7 : row) * 300},${(row * 7) % 11}`,
    )
    const { data, leftOut } = await infer(content, {
      label: 'g',
      time: 'when',
      group: ['who'],
      past: 4,
      horizon: 2,
    })
    expect(data).toMatchObject({
      kind: 'series',
      columns: [{ name: 'g' }],
      time: 'when',
      group: ['who'],
      stepSeconds: 300,
      past: 4,
      horizon: 2,
    })
    expect(leftOut).toEqual([])
  })

  it('takes one free text for what is learned from when there is nothing else', async () => {
    const content = tableOf(
      'said,mood,site',
      40,
      (row) => `this was the number ${row} I bought,${row % 2},${row % 3}`,
    )
    const { data } = await infer(content, { label: 'mood', silo: 'site' })
    expect(data).toMatchObject({ kind: 'text', column: 'said', silo: 'site' })
  })
})

describe('columns that inferData leaves out', () => {
  const content = tableOf(
    'patient_id,MRN,e-mail,First Name,birthDate,visit,note,day,code,run,empty,ward,hb',
    60,
    (row) =>
      [
        row % 9,
        row,
        `p${row % 8}@example.org`,
        ['Ann', 'Bo'][row % 2],
        1950 + (row % 40),
        `V${row}`,
        `came in with a cough ${row}`,
        `2026-01-${String(10 + (row % 20))}`,
        100_000 + 7 * row,
        row + 1,
        '',
        ['a', 'b', 'c'][row % 3],
        10 + (row % 13) / 2,
      ].join(','),
  )

  it('are identifiers, dates, free texts and empty ones, each with a word', async () => {
    const { data, leftOut } = await infer(content, { label: 'ward' })
    expect(columnsOf(data)).toEqual(['hb'])
    const reasons = Object.fromEntries(leftOut.map(({ column, reason }) => [column, reason]))
    expect(reasons).toEqual({
      patient_id: 'its name is one of an identifier',
      MRN: 'its name is one of an identifier',
      'e-mail': 'its name is one of an identifier',
      'First Name': 'its name is one of an identifier',
      birthDate: 'its name is one of an identifier',
      visit: 'every row has another text, as identifiers do',
      note: 'free text, which may hold anything',
      day: 'dates point at people; make a number of it, such as an age in years',
      code: 'every row has another whole number, as identifiers do',
      run: 'every row has another whole number, as identifiers do',
      empty: 'no cell has a value',
    })
  })

  it.each(['age', 'sex', 'thalach', 'addr_state', 'emp_length', 'product name', 'valid', 'width'])(
    'are not those that only sound alike: %s',
    async (name) => {
      const { data } = await infer(
        tableOf(`${name},y`, 30, (row) => `${row % 4},${row % 2}`),
        { label: 'y' },
      )
      expect(columnsOf(data)).toEqual([name])
    },
  )

  it('are the silo and group columns too', async () => {
    const { data } = await infer(
      tableOf('site,who,x,y', 30, (row) => `${row % 3},${row % 6},${row % 5},${row % 2}`),
      { label: 'y', silo: 'site', group: ['who'] },
    )
    expect(data).toMatchObject({ silo: 'site', group: ['who'] })
    expect(columnsOf(data)).toEqual(['x'])
  })
})

describe('a file that inferData refuses', () => {
  it.each([
    ['no such label', 'x,y\n1,2\n', { label: 'sick' }, 'DATA_MISSING_COLUMN'],
    ['no rows', 'x,sick\n', { label: 'sick' }, 'DATA_NO_ROWS'],
    ['one class', 'x,sick\n1,1\n2,1\n', { label: 'sick' }, 'DATA_BAD_LABEL'],
    ['a constant number', 'x,y\n1,1.5\n2,1.5\n', { label: 'y' }, 'DATA_BAD_LABEL'],
    ['words to regress', 'x,y\n1,a\n2,b\n', { label: 'y', task: 'regression' }, 'DATA_BAD_LABEL'],
    ['nothing but the label', 'sick\n1\n0\n', { label: 'sick' }, 'DATA_MISSING_COLUMN'],
    ['no event', 'x,t\n1,2\n', { task: 'survival', time: 't' }, 'DATA_MISSING_COLUMN'],
  ] as const)('has %s', async (_, content, wish, code) => {
    expect((await dataErrorOf(infer(content, wish))).code).toBe(code)
  })
})

describe('inferData of reference files (needs shared/data)', () => {
  const lending = sharedData('lending-club/lending_club.csv.gz')
  it.skipIf(lending.isAbsent)('takes 21 columns of lending-club, states as silos', async () => {
    const { data, leftOut } = await inferData(lending.path, { label: 'Class', silo: 'addr_state' })
    expect(data).toMatchObject({ silo: 'addr_state', label: { classes: ['bad', 'good'] } })
    expect(columnsOf(data)).toHaveLength(21)
    expect(leftOut).toEqual([])
  })

  const brca = sharedData('tcga-brca/brca.csv')
  it.skipIf(brca.isAbsent)('leaves out the patient of TCGA-BRCA', async () => {
    const { data, leftOut } = await inferData(brca.path, { time: 'T', event: 'E' })
    expect(columnsOf(data)).toHaveLength(39)
    expect(leftOut.map(({ column }) => column)).toEqual(['pid'])
  })

  const glucose = sharedData('glucose-shanghai/shanghai_t1dm.csv.gz')
  it.skipIf(glucose.isAbsent)('finds 15 minutes in the Shanghai series', async () => {
    const { data } = await inferData(glucose.path, {
      label: 'cgm_mg_dl',
      time: 'time',
      group: ['period'],
      silo: 'patient',
    })
    expect(data).toMatchObject({ stepSeconds: 900, group: ['period'], silo: 'patient' })
  })
})
