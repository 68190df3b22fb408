import type { Manifest } from '@fednode/protocol'
import { expect, test } from 'vitest'
import { clientRule } from '../../../src/silo/client-rule.ts'
import { manifest } from './harness.ts'

const specs = [{ name: 'dense_1/kernel', shape: [2] }]
const weights = (...values: number[]) => ({ specs, values: Float32Array.from(values) })
const round = { base: weights(2, 0), control: undefined, memory: undefined }
const trained = { weights: weights(1, 3), loss: 1, samples: 8, steps: 4 }

function ruleOf(strategy: Manifest['strategy'], known: Partial<Parameters<typeof clientRule>[1]>) {
  const training = { ...manifest.training, learningRate: 0.5 }
  return clientRule({ strategy, training }, { ...round, ...known })
}

test('a strategy that works at the aggregator changes nothing at the silo', () => {
  const rule = ruleOf({ name: 'median', weighting: 'equal' }, {})
  expect(rule.terms).toEqual({})
  expect(rule.remember(trained, trained.weights)).toBeUndefined()
})

test("fedprox has the manifest's proximal term, or the default of its paper", () => {
  const terms = (proximal: { proximal?: number }) =>
    ruleOf({ name: 'fedprox', weighting: 'samples', ...proximal }, {}).terms
  expect(terms({ proximal: 0.3 })).toEqual({ proximal: 0.3 })
  expect(terms({})).toEqual({ proximal: 0.01 })
})

test('scaffold begins with control variates of 0', () => {
  const rule = ruleOf({ name: 'scaffold', weighting: 'equal' }, {})
  expect(rule.terms.correction).toEqual(Float32Array.of(0, 0))
  // (x - y) / (K eta) = (1, -3) / 2
  expect(rule.remember(trained, trained.weights)).toEqual(Float32Array.of(0.5, -1.5))
})

test('scaffold corrects by c - c_i and remembers what is sent, not what was trained', () => {
  const known = { control: weights(1, 1), memory: Float32Array.of(0.5, 3) }
  const rule = ruleOf({ name: 'scaffold', weighting: 'equal' }, known)
  expect(rule.terms.correction).toEqual(Float32Array.of(0.5, -2))
  // c_i - c + (x - y) / (K eta) = (-0.5, 2) + (2, -2) / 2
  expect(rule.remember(trained, weights(0, 2))).toEqual(Float32Array.of(0.5, 1))
})
