import { METRIC_NAMES } from '@fednode/protocol'
import { expect, it } from 'vitest'
import { metricLabel } from '../../../src/framework/metric-label.ts'
import { metricsText } from '../../../src/framework/metrics-text.ts'

it('writes metrics as people do, in the order in which they read them', () => {
  expect(metricsText({ metrics: { mae: 1.5, rmse: 2.5 }, loss: 0.25 })).toBe(
    'RMSE 2.5000, MAE 1.5000, loss 0.2500',
  )
  expect(metricsText({ metrics: {}, loss: 1 })).toBe('loss 1.0000')
})

it('has a label of its own for each metric', () => {
  expect(new Set(METRIC_NAMES.map(metricLabel)).size).toBe(METRIC_NAMES.length)
})
