import { describe, expect, it } from 'vitest'
import { measureOutputs, reportMeasures } from '../../../src/metrics/score-outputs.ts'
import type { Targets } from '../../../src/types.ts'

// Constants of scikit-learn 1.9.1 and numpy in float64, on the same formulas with logits rounded to float32: log_loss, accuracy_score,
// balanced_accuracy_score, f1_score (binary of class 1; macro), roc_auc_score (of class 1; the mean of every class against the rest),
// root_mean_squared_error, mean_absolute_error, mean_squared_error. Calibration by numpy: 15 bins (l, u] of the largest probability.
const CLASSIFIERS = {
  2: {
    loss: 0.8775432066865565,
    accuracy: 0.6833333333333333,
    'balanced-accuracy': 0.6938895417156287,
    f1: 0.7164179104477612,
    auc: 0.700352526439483,
    'calibration-error': 0.22244576864351692,
  },
  4: {
    loss: 1.6613571325490426,
    accuracy: 0.4666666666666667,
    'balanced-accuracy': 0.4712301587301587,
    f1: 0.45576100102667205,
    auc: 0.6446524523270847,
    'calibration-error': 0.23655487142112158,
  },
} as const

const ROWS = 60

function classify(classes: 2 | 4) {
  const outputs = Float32Array.from({ length: ROWS * classes }, (_, i) => {
    const row = Math.floor(i / classes)
    return 2 * Math.sin(1.7 * row + 2.3 * (i % classes))
  })
  const labels = Int32Array.from({ length: ROWS }, (_, row) => {
    const own = outputs.subarray(row * classes, (row + 1) * classes)
    return row % 4 === 0 ? own.indexOf(Math.max(...own)) : ((row * row + 3 * row) >> 1) % classes
  })
  const targets: Targets = { kind: 'classes', labels, classes }
  const objective = { kind: 'classes', classes } as const
  return reportMeasures(measureOutputs({ outputs, data: rowsWith(targets, ROWS), objective }), {})
}

function rowsWith(targets: Targets, count: number) {
  return { count, featureShape: [1], features: new Float32Array(count), featureScale: 1, targets }
}

describe('metrics', () => {
  it.each([2, 4] as const)('agree with scikit-learn for %i classes', (classes) => {
    const { loss, metrics } = classify(classes)
    const { loss: expected, ...named } = CLASSIFIERS[classes]
    const others = { ...named, 'log-loss': expected }
    expect(loss).toBeCloseTo(expected, 12)
    expect(metrics).toEqual(
      Object.fromEntries(
        Object.entries(others).map(([name, value]) => [name, expect.closeTo(value, 12)]),
      ),
    )
  })

  it('agree with scikit-learn for values', () => {
    const outputs = Float32Array.from({ length: 40 }, (_, row) => Math.sin(1.3 * row))
    const values = Float32Array.from({ length: 40 }, (_, row) => Math.cos(0.7 * row))
    const targets: Targets = { kind: 'value', values, scale: { mean: 140, deviation: 30 } }
    const objective = { kind: 'value', loss: 'mse' } as const
    const report = reportMeasures(
      measureOutputs({ outputs, data: rowsWith(targets, 40), objective }),
      {},
    )
    expect(report.loss).toBeCloseTo(0.9295135449547413, 12)
    expect(report.metrics).toEqual({
      rmse: expect.closeTo(28.92338483751975, 10),
      mae: expect.closeTo(23.170038843207294, 10),
    })
  })
})
