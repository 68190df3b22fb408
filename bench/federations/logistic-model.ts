import type { ModelSpec } from '../../packages/protocol/src/index.ts'

/** Logistic regression on rows of `width` features, as a softmax over two classes. */
export function logisticModel(width: number): ModelSpec {
  const config = { units: 2, activation: 'softmax' } as const
  return {
    topology: { className: 'Sequential', layers: [{ className: 'Dense', config }] },
    featureShape: [width],
    objective: { kind: 'classes', classes: 2 },
  }
}
