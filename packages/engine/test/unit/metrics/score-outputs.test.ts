import { describe, expect, it } from 'vitest'
import {
  measureOutputs,
  reportMeasures,
  type ScoredOutputs,
  scoreOutputs,
} from '../../../src/metrics/score-outputs.ts'
import type { Dataset, ModelReport, Scoring } from '../../../src/types.ts'

// Row 2 is wrong: class 1 has probability 1 / (1 + e), its label is 1.
const outputs = Float32Array.of(2, 0, 0, 2, 1, 0)
const data: Dataset = {
  count: 3,
  featureShape: [1],
  features: new Float32Array(3),
  featureScale: 1,
  targets: { kind: 'classes', labels: Int32Array.of(0, 1, 1), classes: 2 },
}
const scored = { outputs, data, objective: { kind: 'classes', classes: 2 } } as const
const wrong = 1 / (1 + Math.E ** -1)
const right = 1 / (1 + Math.E ** 2)
const loss = (2 * Math.log(1 + Math.E ** -2) + Math.log(1 + Math.E)) / 3

function reportOutputs(outputs: ScoredOutputs, scoring: Scoring): ModelReport {
  return reportMeasures(measureOutputs(outputs), scoring)
}

describe('scoreOutputs of a classifier', () => {
  it('gives the loss, and its negative as utility where none is named', () => {
    const mean = expect.closeTo(loss, 12)
    expect(scoreOutputs(scored, {})).toEqual({ loss: mean, utility: expect.closeTo(-loss, 12) })
  })

  it.each([
    ['accuracy', 2 / 3],
    ['negative-loss', -loss],
    ['balanced-accuracy', 0.75],
    ['auc', 1],
    ['f1', 2 / 3],
    ['negative-rmse', -Math.sqrt((4 * right ** 2 + 2 * wrong ** 2) / 3)],
    ['c-index', 1],
  ] as const)('measures %s, where more is better', (utility, expected) => {
    expect(scoreOutputs(scored, { utility }).utility).toBeCloseTo(expected, 12)
  })

  it('adds the recall of each class when asked for', () => {
    expect(scoreOutputs(scored, { classWise: true }).classes).toEqual(Float64Array.of(1, 0.5))
  })

  it('T40: refuses logits whose loss is not finite, also for a report', () => {
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
      const broken = { ...scored, outputs: Float32Array.of(bad, 0, 0, 0, 0, 0) }
      expect(() => scoreOutputs(broken, {})).toThrow('evaluation loss')
      expect(() => reportOutputs(broken, {})).toThrow('evaluation loss')
    }
  })

  it('refuses a utility of another task', () => {
    expect(() => scoreOutputs(scored, { utility: 'negative-mae' })).toThrow(
      'no utility negative-mae where there are accuracy, balanced-accuracy',
    )
  })
})

/** Two rows of two features. */
const rows = {
  count: 2,
  featureShape: [2],
  features: Float32Array.of(1, 2, 3, 4),
  featureScale: 0.5,
}

describe('reportMeasures', () => {
  it('has all metrics of a classifier', () => {
    const { metrics } = reportOutputs(scored, { utility: 'auc' })
    expect(Object.keys(metrics).toSorted()).toEqual([
      'accuracy',
      'auc',
      'balanced-accuracy',
      'calibration-error',
      'f1',
      'log-loss',
    ])
  })

  it('measures values in the unit of the label, and their loss in the one of the model', () => {
    const targets = {
      kind: 'value',
      values: Float32Array.of(0, 1),
      scale: { mean: 100, deviation: 10 },
    } as const
    const of = (kind: 'mse' | 'mae' | 'huber') =>
      reportOutputs(
        {
          outputs: Float32Array.of(0.5, -1),
          data: { ...rows, targets },
          objective: { kind: 'value', loss: kind },
        },
        { utility: 'negative-rmse' },
      )
    expect(of('mse').loss).toBeCloseTo((0.25 + 4) / 2, 12)
    expect(of('mae').loss).toBeCloseTo((0.5 + 2) / 2, 12)
    expect(of('huber').loss).toBeCloseTo((0.125 + 1.5) / 2, 12)
    const rmse = 10 * Math.sqrt(2.125)
    expect(of('mse').metrics).toEqual({ rmse: expect.closeTo(rmse, 10), mae: 12.5 })
    expect(of('mse').utility).toBeCloseTo(-rmse, 10)
  })

  it('measures risks by their order and partial likelihood', () => {
    const targets = {
      kind: 'risk',
      times: Float64Array.of(1, 2),
      observed: Uint8Array.of(1, 0),
    } as const
    const report = reportOutputs(
      { outputs: Float32Array.of(1, 0), data: { ...rows, targets }, objective: { kind: 'risk' } },
      {},
    )
    expect(report.metrics).toEqual({ 'c-index': 1 })
    expect(report.loss).toBeCloseTo(Math.log(Math.E + 1) - 1, 12)
  })

  it('measures reconstructions against the scaled features', () => {
    const report = reportOutputs(
      {
        outputs: Float32Array.of(0.5, 1, 1.5, 3),
        data: { ...rows, targets: { kind: 'reconstruction' } },
        objective: { kind: 'reconstruction' },
      },
      {},
    )
    expect(report).toEqual({ loss: 0.25, utility: -0.25, metrics: { rmse: 0.5 } })
  })
})
