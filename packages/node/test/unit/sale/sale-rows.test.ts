import type { DataSpec } from '@fednode/protocol'
import { describe, expect, it } from 'vitest'
import { MAX_ANSWER_BYTES, MAX_BATCH_ROWS } from '../../../src/sale/sale-limits.ts'
import { batchRows, decodeRows } from '../../../src/sale/sale-rows.ts'

const DOUBLE_BYTES = 8

/** Rows of one number, of so many classes. */
function tableOf(classes: number): DataSpec {
  return {
    kind: 'table',
    columns: [{ name: 'x', type: 'number', scale: { mean: 0, deviation: 1 } }],
    label: { column: 'y', classes: Array.from({ length: classes }, (_, index) => `c${index}`) },
    missingRows: 'drop',
  }
}

const rows = { count: 9, featureShape: [1], features: new Float32Array(9), featureScale: 1 }

describe('a batch', () => {
  it('has no more rows than one answer tells predictions for', () => {
    expect(batchRows(rows, tableOf(2))).toBe(MAX_BATCH_ROWS)
    const most = batchRows(rows, tableOf(1_000))
    expect(most).toBe(Math.floor(MAX_ANSWER_BYTES / (DOUBLE_BYTES * 1_000)))
    const ofRows = (count: number) => ({
      form: 'f32' as const,
      features: new Uint8Array(4 * count),
    })
    expect(decodeRows(ofRows(most), tableOf(1_000))?.count).toBe(most)
    expect(decodeRows(ofRows(most + 1), tableOf(1_000))).toBeUndefined()
  })
})
