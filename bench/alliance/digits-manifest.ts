import { type ChainManifest, cidOfBytes } from '../../packages/protocol/src/index.ts'

const PIXELS = 784
const CLASSES = 10
const HIDDEN = 32

/** A plan for MNIST with a median, as an alliance follows it; what only a federation needs is small. */
export function digitsManifest(rounds: number): ChainManifest {
  return {
    version: 1,
    name: 'digits',
    description: '',
    task: 'classification',
    data: {
      kind: 'array',
      shape: [PIXELS],
      classes: Array.from({ length: CLASSES }, (_, digit) => String(digit)),
    },
    model: {
      className: 'Sequential',
      layers: [
        { className: 'Dense', config: { units: HIDDEN, activation: 'relu' } },
        { className: 'Dense', config: { units: CLASSES, activation: 'softmax' } },
      ],
    },
    training: { optimizer: 'sgd', learningRate: 0.1, batchSize: 20, epochs: 1 },
    strategy: { name: 'median', weighting: 'equal' },
    rounds: { count: rounds, deadlineSeconds: 60, minSilos: 1, maxSilos: 8 },
    contribution: {
      estimator: 'exact',
      utility: 'accuracy',
      validation: cidOfBytes(Uint8Array.of(1)),
    },
    privacy: { minimumRows: 1, minimumBatch: 1 },
    limits: { updateNorm: 100 },
    reward: { perRound: '1', streamSeconds: 60, challengeSeconds: 1 },
    market: {
      tokensPerSilo: '100',
      siloBps: 10_000,
      poolBps: 0,
      federatorBps: 0,
      seedCurrency: '0',
      currencyWeight: 0.5,
      swapFee: 0.003,
    },
    registration: { open: true, deadlineSeconds: 60 },
    seed: 1,
  }
}
