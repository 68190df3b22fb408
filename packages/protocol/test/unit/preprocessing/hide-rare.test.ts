import { describe, expect, it } from 'vitest'
import { askedStatistics, hideRare } from '../../../src/index.ts'

const PLAN = {
  data: {
    kind: 'table',
    columns: [
      { name: 'age', type: 'number' },
      { name: 'ward', type: 'category', maxCategories: 3 },
      { name: 'sex', type: 'category', categories: ['f', 'm'] },
    ],
    label: { column: 'class', classes: ['x', 'y'] },
    missingRows: 'drop',
  },
  preprocessing: { standardise: true, impute: false, categories: { minimumRows: 12 } },
} as const
const FILLED = {
  ...PLAN.data,
  columns: PLAN.data.columns.map((column) =>
    column.name === 'ward' ? { ...column, categories: ['a', 'b', 'c'] } : column,
  ),
}
const { categories: ASKED } = askedStatistics(PLAN)

describe('T38: the categories that a silo trains with', () => {
  it('are those that enough of its rows have, and of agreed columns only', () => {
    const counts = [
      {
        name: 'ward',
        values: [
          { value: 'a', count: 12 },
          { value: 'b', count: 11 },
        ],
      },
    ]
    const [age, ward, sex] = FILLED.columns
    const columns = [age, { ...ward, rare: ['b', 'c'] }, sex]
    expect(hideRare(FILLED, counts, ASKED)).toEqual({ ...FILLED, columns })
  })

  it('are none where nothing was counted', () => {
    const hidden = hideRare(FILLED, [], ASKED)
    expect(hidden).toMatchObject({ columns: [{}, { rare: ['a', 'b', 'c'] }, {}] })
  })
})
