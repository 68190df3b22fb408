import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inferTable } from '../../../src/data/infer-table.ts'
import { loadDataset } from '../../../src/data/load-dataset.ts'
import { createDataFolder, type DataFolder, dataErrorOf } from './data-folder.ts'

let folder: DataFolder
beforeAll(async () => {
  folder = await createDataFolder()
})
afterAll(() => folder.remove())

const ROWS = [
  'id,age,chol,cp,fixed,sick',
  'a1,60,200.5,none,7,1',
  'a2,40,?,mild,7,0',
  'a3,50,100,none,7,1',
]

describe('inferTable', () => {
  it('guesses types, categories, missing texts, scale, range and classes', async () => {
    const path = await folder.write('t.csv', ROWS.join('\n'))
    expect(await inferTable(path, 'sick')).toEqual({
      kind: 'table',
      columns: [
        { name: 'id', type: 'category', categories: ['a1', 'a2', 'a3'], missing: ['?'] },
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
        { name: 'fixed', type: 'integer', missing: ['?'] },
      ],
      label: { column: 'sick', classes: ['0', '1'] },
      missingRows: 'drop',
    })
  })

  it('infers a schema by which its own file loads', async () => {
    const path = await folder.write('t.csv', ROWS.join('\n'))
    const { dataset, report } = await loadDataset(path, await inferTable(path, 'sick'))
    expect(dataset.count).toBe(2)
    expect(report.dropped).toBe(1)
  })

  it('leaves room around the observed range, also below zero', async () => {
    const path = await folder.write('t.csv', 'x,y\n-1.25,a\n0,b\n3,a\n')
    const [column] = (await inferTable(path, 'y')).columns
    expect(column).toMatchObject({ type: 'number', min: -5.5, max: 7.3 })
  })

  it('leaves out free text and says so', async () => {
    const rows = Array.from({ length: 60 }, (_, i) => `note ${i},${i},${i % 2}`)
    const path = await folder.write('t.csv', `note,x,y\n${rows.join('\n')}`)
    const left: string[] = []
    const { columns } = await inferTable(path, 'y', (column) => left.push(column))
    expect(columns.map(({ name }) => name)).toEqual(['x'])
    expect(left).toEqual(['note'])
  })

  it('sorts number labels by value and others by text', async () => {
    const numbers = await folder.write('n.csv', 'x,y\n1,10\n2,9\n3,-1\n')
    expect((await inferTable(numbers, 'y')).label.classes).toEqual(['-1', '9', '10'])
    const texts = await folder.write('s.csv', 'x,y\n1,yes\n2,no\n')
    expect((await inferTable(texts, 'y')).label.classes).toEqual(['no', 'yes'])
  })

  it.each([
    ['no such label', 'x,y\n1,2\n', 'DATA_MISSING_COLUMN'],
    ['no rows', 'x,sick\n', 'DATA_NO_ROWS'],
    ['one class', 'x,sick\n1,1\n2,1\n', 'DATA_BAD_LABEL'],
    [
      'a label like a measurement',
      `x,sick\n${Array.from({ length: 200 }, (_, i) => `${i},${i}`).join('\n')}`,
      'DATA_BAD_LABEL',
    ],
    ['nothing but the label', 'sick\n1\n0\n', 'DATA_MISSING_COLUMN'],
  ])('refuses a file with %s', async (_, content, code) => {
    expect((await dataErrorOf(inferTable(await folder.write('t.csv', content), 'sick'))).code).toBe(
      code,
    )
  })
})
