import type { Cid, Manifest } from '@fednode/protocol'
import { DIGIT_SHAPE } from './digits.ts'

/** Seed of the example: chosen once by hand, so that the split shows every effect; any seed works. */
export const DIGITS_SEED = 2016
/** Rounds of the example; accuracy has levelled off by then. */
export const DIGITS_ROUNDS = 8

/**
 * The plan of the bundled example: McMahan's 2NN (arXiv:1602.05629, section 3) on 28 x 28 grey digits.
 *
 * Money: eight rounds pay 10,000 CUR each. An even fifth of that over 1,000,000 tokens is 0.016 CUR a token, and 16,000 CUR against
 * 200,000 tokens of each silo open the pool at just that price.
 * @param validation - content id of the aggregator's file.
 */
export function digitsManifest(options: {
  readonly validation: Cid
  readonly rounds: number
}): Manifest {
  return {
    version: 1,
    name: 'digits',
    description:
      'Read handwritten digits (28 x 28 grey pixels); one silo has wrong labels, one has few rows.',
    task: 'classification',
    data: { kind: 'array', shape: [...DIGIT_SHAPE], classes: [...'0123456789'] },
    model: {
      className: 'Sequential',
      layers: [
        { className: 'Flatten', config: {} },
        { className: 'Dense', config: { units: 200, activation: 'relu' } },
        { className: 'Dense', config: { units: 200, activation: 'relu' } },
        { className: 'Dense', config: { units: 10, activation: 'softmax' } },
      ],
    },
    training: { optimizer: 'sgd', learningRate: 0.1, batchSize: 20, epochs: 2 },
    strategy: { name: 'fedavg', weighting: 'samples' },
    rounds: { count: options.rounds, deadlineSeconds: 60, minSilos: 5, maxSilos: 5 },
    contribution: { estimator: 'exact', utility: 'accuracy', validation: options.validation },
    privacy: { minimumRows: 100, minimumBatch: 16 },
    limits: { updateNorm: 100 },
    reward: { perRound: '10000', streamSeconds: 60, challengeSeconds: 1 },
    market: {
      tokensPerSilo: '1000000',
      siloBps: 7_000,
      poolBps: 2_000,
      federatorBps: 1_000,
      seedCurrency: '16000',
      currencyWeight: 0.5,
      swapFee: 0.003,
    },
    registration: { open: false, deadlineSeconds: 600 },
    seed: DIGITS_SEED,
  }
}
