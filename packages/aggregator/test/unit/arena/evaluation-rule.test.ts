import { createHash } from 'node:crypto'
import { encodeCanonical, METRIC_NAMES } from '@fednode/protocol'
import { describe, expect, it } from 'vitest'
import { evaluationDigest, metricOfRule } from '../../../src/arena/evaluation-rule.ts'

describe('evaluationDigest', () => {
  it('is SHA-256 of the canonical rule', () => {
    const bytes = encodeCanonical({ rule: 'fednode/arena-evaluation/1', metric: 'accuracy' })
    const digest = createHash('sha256').update(bytes).digest('hex')
    expect(evaluationDigest('accuracy')).toBe(`0x${digest}`)
  })
})

describe('metricOfRule', () => {
  it.each(METRIC_NAMES)('knows the rule of %s', (metric) => {
    expect(metricOfRule(evaluationDigest(metric))).toBe(metric)
  })

  it('reads digests in any letter case', () => {
    expect(metricOfRule(evaluationDigest('auc').toUpperCase().replace('X', 'x'))).toBe('auc')
  })

  it('does not know what somebody else thought of', () => {
    expect(metricOfRule(`0x${'12'.repeat(32)}`)).toBeUndefined()
  })
})
