import type { TabularData } from '@fednode/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkDataset } from '../../../src/data/check-dataset.ts'
import { loadDataset } from '../../../src/data/load-dataset.ts'
import { createDataFolder, type DataFolder, dataErrorOf } from './data-folder.ts'

const DATA: TabularData = {
  kind: 'table',
  columns: [
    { name: 'hb', type: 'number', unit: 'g/dl', min: 3, max: 25 },
    { name: 'sex', type: 'category', categories: ['f', 'm'] },
  ],
  label: { column: 'ill', classes: ['no', 'yes'] },
  missingRows: 'drop',
}

let folder: DataFolder
beforeAll(async () => {
  folder = await createDataFolder()
})
afterAll(() => folder.remove())

const write = (rows: readonly string[]) => folder.write('t.csv', `hb,sex,ill\n${rows.join('\n')}`)

describe('checkDataset', () => {
  it('counts every wrong cell by column and kind, and names the first ten rows', async () => {
    const bad = Array.from({ length: 12 }, () => 'low,f,no')
    const { report, violations } = await checkDataset(
      await write(['12,f,no', ...bad, '13,x,maybe', '99,m,yes']),
      DATA,
    )
    expect(report).toMatchObject({ rows: 15, used: 1 })
    expect(violations.map(({ column, rule, count, rows }) => [column, rule, count, rows])).toEqual([
      ['hb', 'not-a-number', 12, [2, 3, 4, 5, 6, 7, 8, 9, 10, 11]],
      ['ill', 'unknown-class', 1, [14]],
      ['sex', 'unknown-category', 1, [14]],
      ['hb', 'above-maximum', 1, [15]],
    ])
  })

  it('has words for each kind that hold no value of the data', async () => {
    const { violations } = await checkDataset(await write(['secret,f,no', '12,secret,no']), DATA)
    expect(violations.map(({ rough }) => rough)).toEqual([
      'not a number (g/dl)',
      'not one of: f, m',
    ])
    expect(violations.map(({ problem }) => problem)).toEqual([
      '"secret" is not a number (g/dl)',
      '"secret" is not one of: f, m',
    ])
  })

  it('names a column whose numbers are off by a thousand', async () => {
    const file = await write(['12000,f,no', '13500,m,yes', '14,f,no', '11000,f,no'])
    const { suspicions } = await checkDataset(file, DATA)
    expect(suspicions).toMatchObject([{ column: 'hb', factor: 1_000 }])
    expect(await dataErrorOf(loadDataset(file, DATA))).toMatchObject({
      code: 'DATA_WRONG_UNIT',
      message:
        't.csv: column "hb" is probably in another unit than g/dl, as the manifest asks. Divide by 1,000?',
      hint: 't.csv: column "hb" row 1: "12000" is above the maximum of 25 (g/dl)',
    })
  })

  it.each([
    ['too small', ['0.012,f,no', '0.014,f,no'], 1 / 1_000],
    ['one outlier among good ones', ['12,f,no', '13,f,no', '14000,f,yes'], undefined],
    ['nonsense', ['99999999,f,no', '99999999,f,yes'], undefined],
  ])('judges by the median: %s', async (_, rows, factor) => {
    const { suspicions } = await checkDataset(await write(rows), DATA)
    expect(suspicions[0]?.factor).toBe(factor)
  })

  it('tells how many other cells are wrong when a file is loaded', async () => {
    const { hint } = await dataErrorOf(loadDataset(await write(['a,f,no', 'b,f,no']), DATA))
    expect(hint).toMatch(/1 more cells are wrong: {2}fednode data check {2}lists them\.$/)
  })
})
