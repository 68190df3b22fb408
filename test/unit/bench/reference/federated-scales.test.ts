import { describe, expect, it } from 'vitest'
import { federatedScales } from '../../../../bench/reference/federated-scales.ts'
import { loadAllRows } from '../../../../bench/reference/load-rows.ts'
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
/** As many rows as a silo has to have before its statistics leave it. */
const FLOOR = 10
const SILOS = [1, 5].map(
  (age) => `site,age,same,ill\n${'a,AGE,5,no\n'.replace('AGE', String(age)).repeat(FLOOR)}`,
)

describe('federatedScales', () => {
  it('finds anew what the schema has, from all silos, and leaves categories alone', async () => {
    const { columns } = await federatedScales(DATA, SILOS)
    expect(columns[0]).toEqual(DATA.columns[0])
    expect(columns[1]?.scale).toEqual({ mean: 3, deviation: 2 })
  })

  it('only shifts a number that is always the same', async () => {
    const data = await federatedScales(DATA, SILOS)
    const [rows] = await loadAllRows(SILOS, data)
    expect([...(rows?.features.subarray(0, 4) ?? [])]).toEqual([1, 0, -1, 0])
  })
})
