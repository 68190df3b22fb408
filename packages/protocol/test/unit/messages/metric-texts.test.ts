import fc from 'fast-check'
import { expect, test } from 'vitest'
import { METRIC_NAMES } from '../../../src/manifest/method-names.ts'
import { metricTexts, parseMetrics } from '../../../src/messages/metric-texts.ts'

const metrics = fc.dictionary(
  fc.constantFrom(...METRIC_NAMES),
  // A text says nothing of the sign of zero.
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
)

test('metrics come back as they were from the texts that travel', () => {
  fc.assert(
    fc.property(metrics, (values) => {
      const plain = { ...values }
      expect(parseMetrics(metricTexts(plain))).toEqual(
        Object.fromEntries(Object.entries(plain).map(([name, v]) => [name, v === 0 ? 0 : v])),
      )
    }),
  )
})

test('what is not finite is left out', () => {
  expect(metricTexts({ accuracy: Number.NaN, rmse: 1e21, mae: 0.1 })).toEqual({
    rmse: '1e+21',
    mae: '0.1',
  })
})
