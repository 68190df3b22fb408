import type { ModelSpec } from '../../packages/protocol/src/index.ts'

const PIXELS = 784
const HIDDEN = 32
const DIGITS = 10

/** A dense net for digits, 784-32-10: 25,450 weights, small enough for a hundred federations in a minute. */
export const SMALL_DIGITS_MODEL: ModelSpec = {
  topology: {
    className: 'Sequential',
    layers: [
      { className: 'Dense', config: { units: HIDDEN, activation: 'relu' } },
      { className: 'Dense', config: { units: DIGITS, activation: 'softmax' } },
    ],
  },
  featureShape: [PIXELS],
  objective: { kind: 'classes', classes: DIGITS },
}
