import type { ModelSpec } from '../../packages/engine/src/index.ts'

/** Logistic regression on rows of `width` features, as a softmax over two classes. */
export function logisticModel(width: number): ModelSpec {
  const config = { units: 2, activation: 'softmax' } as const
  return {
    topology: { className: 'Sequential', layers: [{ className: 'Dense', config }] },
    featureShape: [width],
    classes: 2,
  }
}
