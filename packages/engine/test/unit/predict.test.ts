import type { ModelSpec } from '@fednode/protocol'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { createEngine } from '../../src/backends/create-engine.ts'
import type { Engine } from '../../src/types.ts'
import { blobs, dense } from './fixtures.ts'

const { targets: _, ...rows } = blobs({ count: 7, featureShape: [3], classes: 4, seed: 2 })

let engine: Engine
beforeAll(async () => {
  engine = await createEngine({ backend: 'wasm' })
})

function predicted(
  objective: ModelSpec['objective'],
  units: number,
  scale?: { mean: number; deviation: number },
) {
  const head = dense(units, objective.kind === 'classes' ? 'softmax' : 'linear')
  const topology = { className: 'Sequential', layers: [dense(5, 'tanh'), head] } as const
  const model: ModelSpec = { topology, featureShape: [3], objective }
  return engine.predict(model, engine.initialWeights(model, 1), rows, scale)
}

describe('predict', () => {
  it('gives probabilities of classes, which sum to 1 in every row', () => {
    const before = tf.memory().numTensors
    const probabilities = predicted({ kind: 'classes', classes: 4 }, 4)
    expect(tf.memory().numTensors).toBe(before)
    expect(probabilities).toHaveLength(28)
    for (let row = 0; row < 7; row++) {
      const own = probabilities.subarray(4 * row, 4 * row + 4)
      expect(own.every((p) => p > 0 && p < 1)).toBe(true)
      expect(own.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12)
    }
  })

  it('gives values in the unit of the label', () => {
    const learned = predicted({ kind: 'value', loss: 'mse' }, 1)
    const own = predicted({ kind: 'value', loss: 'mse' }, 1, { mean: 140, deviation: 30 })
    expect(own).toEqual(learned.map((value) => 140 + 30 * value))
  })

  it('gives one log-risk a row', () => {
    expect(predicted({ kind: 'risk' }, 1)).toHaveLength(7)
  })

  it('gives the error of every reconstruction, whose mean is the loss', () => {
    const objective = { kind: 'reconstruction' } as const
    const errors = predicted(objective, 3)
    const topology = {
      className: 'Sequential',
      layers: [dense(5, 'tanh'), dense(3, 'linear')],
    } as const
    const model: ModelSpec = { topology, featureShape: [3], objective }
    const { loss } = engine.evaluate(model, engine.initialWeights(model, 1), {
      ...rows,
      targets: objective,
    })
    expect(errors.reduce((sum, error) => sum + error, 0) / 7).toBeCloseTo(loss, 12)
  })

  it('refuses predictions that are no numbers', () => {
    const objective = { kind: 'risk' } as const
    const topology = { className: 'Sequential', layers: [dense(1, 'linear')] } as const
    const model: ModelSpec = { topology, featureShape: [3], objective }
    const weights = engine.initialWeights(model, 1)
    weights.values.fill(Number.NaN)
    expect(() => engine.predict(model, weights, rows)).toThrow('predictions')
  })
})
