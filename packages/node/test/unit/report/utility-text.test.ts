import { expect, test } from 'vitest'
import { utilityText } from '../../../src/report/utility-text.ts'
import { exampleResult } from '../../fixtures/up-result.ts'

test.each([
  ['classification', 'negative-loss', 'negative loss in nats'],
  ['survival', 'negative-loss', 'negative loss in nats'],
  ['regression', 'negative-loss', 'negative loss'],
  ['anomaly', 'negative-rmse', 'negative root mean squared error'],
] as const)('a utility of %s is named: %s', (task, utility, text) => {
  const { manifest } = exampleResult()
  const contribution = { ...manifest.contribution, utility }
  expect(utilityText({ manifest: { ...manifest, task, contribution } })).toBe(text)
})
