import { describe, expect, it } from 'vitest'
import { loadAllRows } from '../../../../bench/reference/load-rows.ts'
import { standardise } from '../../../../bench/reference/standardise.ts'
import type { TabularData } from '../../../../packages/protocol/src/index.ts'

const DATA: TabularData = {
  kind: 'table',
  columns: [
    { name: 'site', type: 'category', categories: ['a', 'b'] },
    { name: 'age', type: 'number', scale: { mean: 7, deviation: 7 } },
    { name: 'same', type: 'number' },
  ],
  label: { column: 'ill', classes: ['no', 'yes'] },
  missingRows: 'refuse',
}
const SILOS = ['site,age,same,ill\na,1,5,no\nb,2,5,yes\n', 'site,age,same,ill\na,6,5,yes\n']

describe('standardise', () => {
  it('scales numbers by mean and sample deviation of all silos, and leaves categories alone', async () => {
    const { columns } = await standardise(DATA, SILOS)
    expect(columns[0]).toEqual(DATA.columns[0])
    expect(columns[1]?.scale?.mean).toBeCloseTo(3, 12)
    expect(columns[1]?.scale?.deviation).toBeCloseTo(Math.sqrt(7), 12)
  })

  it('only shifts a number that is always the same', async () => {
    const data = await standardise(DATA, SILOS)
    const rows = (await loadAllRows(SILOS, data)).flatMap(({ features }) => [...features])
    expect([rows[3], rows[7], rows[11]]).toEqual([0, 0, 0])
  })
})
