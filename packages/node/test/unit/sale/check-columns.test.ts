import type { DataSpec } from '@fednode/protocol'
import { describe, expect, it } from 'vitest'
import { checkColumns, columnsSent } from '../../../src/sale/check-columns.ts'

const number = (name: string) => ({ name, type: 'number' }) as const
const table = {
  kind: 'table',
  columns: [number('age'), number('ss\u001bn')],
  label: { column: 'ill', classes: ['0', '1'] },
  missingRows: 'drop',
} satisfies DataSpec
const text = {
  kind: 'text',
  column: 'note',
  label: { column: 'ill', classes: ['0', '1'] },
  tokens: 4,
  buckets: 8,
} satisfies DataSpec
const pixels = { kind: 'array', shape: [2], classes: ['0', '1'] } satisfies DataSpec

describe('columns that a provider may have', () => {
  it('are all that it asks for, unless somebody says which', () => {
    expect(columnsSent(table)).toEqual(['age', 'ss\u001bn'])
    expect(columnsSent(text)).toEqual(['note'])
    for (const data of [table, text, pixels]) {
      expect(() => checkColumns(data, undefined)).not.toThrow()
      expect(() => checkColumns(data, columnsSent(data))).not.toThrow()
    }
  })

  it('are no other than those that were said', () => {
    expect(() => checkColumns(table, ['age'])).toThrow(
      expect.objectContaining({
        message: "the provider's model also reads ssn, which --columns does not have",
        info: expect.objectContaining({ fault: 'refused', code: 'OTHER_COLUMNS' }),
      }),
    )
    expect(() => checkColumns(text, ['age'])).toThrow('also reads note')
  })
})
