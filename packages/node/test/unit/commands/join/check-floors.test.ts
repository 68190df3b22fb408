import type { DataReport } from '@fednode/engine'
import { UserError } from '@fednode/protocol'
import { describe, expect, it } from 'vitest'
import { checkFloors } from '../../../../src/commands/join/check-floors.ts'
import { manifest as MANIFEST } from '../../silo/harness.ts'

const REPORT: DataReport = {
  file: 'rows.csv',
  rows: 9,
  used: 9,
  dropped: 0,
  columns: [],
  labels: [],
  warnings: [],
}
const TINY = {
  ...MANIFEST,
  training: { ...MANIFEST.training, batchSize: 2 },
}

function refusalOf(...args: Parameters<typeof checkFloors>): UserError | undefined {
  try {
    checkFloors(...args)
    return undefined
  } catch (error) {
    if (error instanceof UserError) return error
    throw error
  }
}

describe('T37: the floors of a plan', () => {
  it('refuse what the administrator did not name, one after the other', () => {
    expect(refusalOf(TINY, REPORT, [])?.info).toMatchObject({
      code: 'PLAN_TINY_BATCH',
      fault: 'refused',
      hint: expect.stringContaining('--force PLAN_TINY_BATCH'),
    })
    expect(refusalOf(TINY, REPORT, ['PLAN_TINY_BATCH'])?.code).toBe('PLAN_HANDFUL_OF_ROWS')
    expect(refusalOf(TINY, REPORT, ['PLAN_TINY_BATCH', 'PLAN_HANDFUL_OF_ROWS'])).toBeUndefined()
  })

  it('cannot be forced where everybody agreed to them', () => {
    const strict = { ...MANIFEST, privacy: { ...MANIFEST.privacy, minimumRows: 10 } }
    expect(refusalOf(strict, REPORT, ['PLAN_BELOW_MINIMUM_ROWS'])?.code).toBe('PLAN_BELOW_FLOOR')
    const most = { ...MANIFEST, limits: { ...MANIFEST.limits, maxRows: 5 } }
    expect(refusalOf(most, REPORT, ['PLAN_ABOVE_MAXIMUM_ROWS'])?.code).toBe('PLAN_ABOVE_MAXIMUM')
  })
})
