import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { TabularData } from '@fednode/protocol'
import { afterAll, describe, expect, it } from 'vitest'
import { columnMoments } from '../../../src/data/column-moments.ts'

const directory = mkdtempSync(path.join(tmpdir(), 'fednode-moments-'))
afterAll(() => rmSync(directory, { recursive: true, force: true }))

const DATA: TabularData = {
  kind: 'table',
  columns: [
    { name: 'age', type: 'number', missing: ['?'], max: 120 },
    { name: 'sex', type: 'category', categories: ['f', 'm'] },
  ],
  label: { column: 'dose' },
  missingRows: 'drop',
}

function file(name: string, text: string): string {
  const full = path.join(directory, name)
  writeFileSync(full, text)
  return full
}

describe('columnMoments', () => {
  it('counts cells that have a number within the range, whatever the rest of the row lacks', async () => {
    const source = file('a.csv', 'sex,age,dose\nf,10,1\nm,?,2\nf,400,3\n,20,\n')
    const moments = await columnMoments(source, DATA, { columns: ['age'], label: true })
    expect(moments).toEqual({
      columns: [{ name: 'age', count: 2, mean: 15, squares: 50 }],
      label: { count: 3, mean: 2, squares: 2 },
    })
  })

  it('looks at what it is asked for only', async () => {
    const source = file('b.csv', 'age,sex,dose\n1,f,1\n')
    expect(await columnMoments(source, DATA, { columns: [], label: false })).toEqual({
      columns: [],
    })
  })

  it('names columns that are not there', async () => {
    const source = file('c.csv', 'sex,dose\nf,1\n')
    await expect(columnMoments(source, DATA, { columns: ['age'], label: true })).rejects.toThrow(
      'there is no column "age"',
    )
  })
})
