import type { DataSpec } from '@fednode/protocol'
import { describe, expect, it } from 'vitest'
import { csvLines } from '../../../src/model/csv-lines.ts'
import { jsonLines } from '../../../src/model/json-lines.ts'
import { predictionTable } from '../../../src/model/prediction-table.ts'

const CLASSES: DataSpec = {
  kind: 'table',
  columns: [],
  label: { column: 'kind', classes: ['=no', 'yes, "sure"'] },
  missingRows: 'drop',
}
const VALUE: DataSpec = {
  kind: 'table',
  columns: [],
  label: { column: 'price', unit: 'EUR' },
  missingRows: 'drop',
}

describe('predictionTable', () => {
  it('gives a class, its probabilities, the row and its id', () => {
    const { columns, rows } = predictionTable({
      task: 'classification',
      data: CLASSES,
      blocks: [Float64Array.of(0.75, 0.25), Float64Array.of(0.125, 0.875)],
      rowNumbers: [1, 4],
      ids: ['a', 'b', 'c', 'd'],
    })
    expect(columns.map(({ name }) => name)).toEqual([
      ...['row', 'id', 'predicted', 'p(=no)', 'p(yes, "sure")'],
    ])
    expect([...rows()]).toEqual([
      [1, 'a', '=no', 0.75, 0.25],
      [4, 'd', 'yes, "sure"', 0.125, 0.875],
    ])
  })

  it.each([
    ['regression', 'predicted'],
    ['survival', 'log_risk'],
    ['anomaly', 'reconstruction_error'],
  ] as const)('gives one number for a %s: %s', (task, name) => {
    const blocks = [Float64Array.of(-2, 3)]
    const { columns, rows } = predictionTable({ task, data: VALUE, blocks, rowNumbers: [1, 2] })
    expect(columns).toEqual([
      { name: 'row', type: 'integer' },
      { name, type: 'number' },
    ])
    expect([...rows()]).toEqual([
      [1, -2],
      [2, 3],
    ])
  })

  it('T25: is written as CSV in which no text is a formula and every number is one', () => {
    const table = predictionTable({
      task: 'classification',
      data: CLASSES,
      blocks: [Float64Array.of(1, 0, 0, 1)],
      rowNumbers: [1, 2],
    })
    expect([...csvLines(table)]).toEqual([
      'row,predicted,p(=no),"p(yes, ""sure"")"\n',
      "1,'=no,1,0\n",
      '2,"yes, ""sure""",0,1\n',
    ])
    const blocks = [Float64Array.of(-2)]
    const negative = predictionTable({ task: 'regression', data: VALUE, blocks, rowNumbers: [1] })
    expect([...csvLines(negative)]).toEqual(['row,predicted\n', '1,-2\n'])
  })

  it('is written as one JSON object a row', () => {
    const blocks = [Float64Array.of(-2, 0.5)]
    const table = predictionTable({ task: 'survival', data: VALUE, blocks, rowNumbers: [3, 5] })
    expect([...jsonLines(table)].map((line) => JSON.parse(line))).toEqual([
      { row: 3, log_risk: -2 },
      { row: 5, log_risk: 0.5 },
    ])
  })
})
