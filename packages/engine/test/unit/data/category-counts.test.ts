import type { TabularData } from '@fednode/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { categoryCounts } from '../../../src/data/category-counts.ts'
import { createDataFolder, type DataFolder } from './data-folder.ts'

let folder: DataFolder
beforeAll(async () => {
  folder = await createDataFolder()
})
afterAll(() => folder.remove())

const DATA: TabularData = {
  kind: 'table',
  columns: [
    { name: 'ward', type: 'category', maxCategories: 3, missing: ['?'] },
    { name: 'age', type: 'number' },
  ],
  label: { column: 'dose' },
  missingRows: 'drop',
}

describe('categoryCounts', () => {
  it('counts the rows of each value, whatever the rest of the row lacks', async () => {
    const source = await folder.write(
      'a.csv',
      'ward,age,dose\nicu,1,1\n?,2,1\nicu,,\nburns,4,1\n,5,1\n',
    )
    expect(await categoryCounts(source, DATA, ['ward'])).toEqual([
      {
        name: 'ward',
        values: [
          { value: 'icu', count: 2 },
          { value: 'burns', count: 1 },
        ],
      },
    ])
  })

  it('T38: counts patients where rows are grouped by them: ten rows of one are one person', async () => {
    const rows = Array.from({ length: 10 }, (_, day) => `rare,${day},1,ann`)
    const source = await folder.write(
      'b.csv',
      ['ward,age,dose,patient', ...rows, 'icu,1,1,ann', 'icu,1,1,bob', ''].join('\n'),
    )
    const grouped = { ...DATA, group: ['patient'] }
    expect(await categoryCounts(source, grouped, ['ward'])).toEqual([
      {
        name: 'ward',
        values: [
          { value: 'rare', count: 1 },
          { value: 'icu', count: 2 },
        ],
      },
    ])
  })

  it('names columns that are not there', async () => {
    const source = await folder.write('c.csv', 'age,dose\n1,1\n')
    await expect(categoryCounts(source, DATA, ['ward'])).rejects.toThrow(
      'there is no column "ward"',
    )
  })

  it('refuses a column that names rows', async () => {
    const rows = Array.from({ length: 100_001 }, (_, i) => `w${i},1,1`)
    const source = await folder.write('d.csv', ['ward,age,dose', ...rows, ''].join('\n'))
    await expect(categoryCounts(source, DATA, ['ward'])).rejects.toThrow(
      'column "ward" has more than 100,000 different values',
    )
  })
})
