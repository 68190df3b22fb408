import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { TabularData } from '@fednode/protocol'
import { afterAll, describe, expect, it } from 'vitest'
import { categoryCounts } from '../../../src/data/category-counts.ts'

const directory = mkdtempSync(path.join(tmpdir(), 'fednode-counts-'))
afterAll(() => rmSync(directory, { recursive: true, force: true }))

const DATA: TabularData = {
  kind: 'table',
  columns: [
    { name: 'ward', type: 'category', maxCategories: 3, missing: ['?'] },
    { name: 'age', type: 'number' },
  ],
  label: { column: 'dose' },
  missingRows: 'drop',
}

function file(name: string, text: string): string {
  const full = path.join(directory, name)
  writeFileSync(full, text)
  return full
}

describe('categoryCounts', () => {
  it('counts the rows of each value, whatever the rest of the row lacks', async () => {
    const source = file('a.csv', 'ward,age,dose\nicu,1,1\n?,2,1\nicu,,\nburns,4,1\n,5,1\n')
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
    const source = file(
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
    const source = file('c.csv', 'age,dose\n1,1\n')
    await expect(categoryCounts(source, DATA, ['ward'])).rejects.toThrow(
      'there is no column "ward"',
    )
  })

  it('refuses a column that names rows', async () => {
    const rows = Array.from({ length: 100_001 }, (_, i) => `w${i},1,1`)
    const source = file('d.csv', ['ward,age,dose', ...rows, ''].join('\n'))
    await expect(categoryCounts(source, DATA, ['ward'])).rejects.toThrow(
      'column "ward" has more than 100,000 different values',
    )
  })
})
