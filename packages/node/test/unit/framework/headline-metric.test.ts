import { describe, expect, it } from 'vitest'
import {
  headlineLabel,
  headlineLine,
  headlineMetric,
  headlineText,
} from '../../../src/framework/headline-metric.ts'

describe('the headline of a model', () => {
  it('is what people look at first, whatever the order', () => {
    expect(headlineMetric({ auc: 0.9, accuracy: 0.8 })).toEqual({ name: 'accuracy', value: 0.8 })
    expect(headlineMetric({ mae: 2, rmse: 3 })).toEqual({ name: 'rmse', value: 3 })
    expect(headlineMetric({})).toBeUndefined()
  })

  it('heads a column by the first record that has one', () => {
    expect(headlineLabel([{ metrics: {} }, { metrics: { 'c-index': 0.7 } }])).toBe('C-index')
    expect(headlineLabel([])).toBe('metric')
  })

  it('has three decimals, and a dash where there is nothing', () => {
    expect(headlineText({ rmse: 13.66666 })).toBe('13.667')
    expect(headlineText({})).toBe('-')
    expect(headlineText(undefined)).toBe('-')
    expect(headlineLine({ accuracy: 0.9126 })).toBe('accuracy 0.913   ')
    expect(headlineLine({ accuracy: 0.95, auc: 0.5, f1: 1 })).toBe('accuracy 0.950   AUC 0.500   ')
    expect(headlineLine({ rmse: 2 })).toBe('RMSE 2.000   ')
    expect(headlineLine({})).toBe('')
  })
})
