import type { DataCheck } from '@fednode/engine'
import { describe, expect, test } from 'vitest'
import { formatReport } from '../../../../src/commands/data/check/format-report.ts'
import { withoutValues } from '../../../../src/commands/data/check/without-values.ts'

const CHECK: DataCheck = {
  report: {
    file: 'rows.csv',
    rows: 30,
    used: 17,
    dropped: 13,
    columns: [
      { name: 'hb', type: 'number', unit: 'g/dl', missing: 1, min: 8.25, max: 17.5, mean: 13.125 },
    ],
    labels: [{ name: 'no', count: 17 }],
    groups: 9,
    warnings: [{ code: 'DATA_ONE_CLASS', text: 'every row is of class "no"' }],
  },
  violations: [
    {
      column: 'hb',
      rule: 'not-a-number',
      count: 12,
      rows: [2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
      rough: 'not a number (g/dl)',
      problem: '"777secret" is not a number (g/dl)',
      hint: 'Declare "777secret" as missing',
    },
  ],
  suspicions: [],
}
const plan = { name: 'hearts', warnings: [] }

describe('formatReport', () => {
  test('says how many cells are wrong, the first of them, and in which rows', () => {
    const text = formatReport(CHECK, plan)
    expect(text).toContain('rows.csv does not fit the manifest "hearts"')
    expect(text).toContain('12 cells do not fit the manifest')
    expect(text).toMatch(/hb +12 {2}first: "777secret" is not a number \(g\/dl\) {2}2, 3, .*11, …/)
    expect(text).toContain('Beware: every row is of class "no"')
    expect(text).toContain('  groups  9')
  })

  test('says that a file without wrong cells fits', () => {
    expect(formatReport({ ...CHECK, violations: [] }, plan)).toContain('rows.csv fits the manifest')
  })

  test('shows nothing that stands in the rows where values are not wanted', () => {
    const check = withoutValues(CHECK)
    for (const shown of [formatReport(check, plan), JSON.stringify(check)]) {
      expect(shown).toContain('not a number (g/dl)')
      expect(shown).not.toMatch(/777secret|8\.25|17\.5|13\.125/)
    }
  })
})
