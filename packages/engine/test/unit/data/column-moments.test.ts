import type { TabularData } from '@fednode/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { columnMoments } from '../../../src/data/column-moments.ts'
import { createDataFolder, type DataFolder } from './data-folder.ts'

let folder: DataFolder
beforeAll(async () => {
  folder = await createDataFolder()
})
afterAll(() => folder.remove())

const DATA: TabularData = {
  kind: 'table',
  columns: [
    { name: 'age', type: 'number', missing: ['?'], max: 120 },
    { name: 'sex', type: 'category', categories: ['f', 'm'] },
  ],
  label: { column: 'dose' },
  missingRows: 'drop',
}

describe('columnMoments', () => {
  it('counts cells that have a number within the range, whatever the rest of the row lacks', async () => {
    const source = await folder.write('a.csv', 'sex,age,dose\nf,10,1\nm,?,2\nf,400,3\n,20,\n')
    const moments = await columnMoments(source, DATA, { columns: ['age'], label: true })
    expect(moments).toEqual({
      columns: [{ name: 'age', count: 2, mean: 15, squares: 50 }],
      label: { count: 3, mean: 2, squares: 2 },
    })
  })

  it('looks at what it is asked for only', async () => {
    const source = await folder.write('b.csv', 'age,sex,dose\n1,f,1\n')
    expect(await columnMoments(source, DATA, { columns: [], label: false })).toEqual({
      columns: [],
    })
  })

  it('names columns that are not there', async () => {
    const source = await folder.write('c.csv', 'sex,dose\nf,1\n')
    await expect(columnMoments(source, DATA, { columns: ['age'], label: true })).rejects.toThrow(
      'there is no column "age"',
    )
  })
})
