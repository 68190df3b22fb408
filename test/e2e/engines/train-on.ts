/** Child process of engines.test.ts: trains a small model for 20 steps on one back end and prints its weights. */
import process from 'node:process'
import { createEngine } from '../../../packages/engine/src/backends/create-engine.ts'
import { loseWebgpuDevice } from '../../../packages/engine/src/backends/webgpu-backend.ts'
import { createRandom } from '../../../packages/engine/src/random.ts'
import type { BackendName } from '../../../packages/engine/src/types.ts'

const ROWS = 80
const FEATURES = 6
const CLASSES = 3
const MODEL = {
  topology: {
    className: 'Sequential',
    layers: [
      { className: 'Dense', config: { units: 8, activation: 'relu' } },
      { className: 'Dense', config: { units: CLASSES, activation: 'softmax' } },
    ],
  },
  featureShape: [FEATURES],
  objective: { kind: 'classes', classes: CLASSES },
} as const
const PLAN = { optimizer: 'sgd', learningRate: 0.1, batchSize: 8, epochs: 2 } as const
const SEED = 11

// Our own parent gives all three.
const [backend, directory = '', loseAt] = process.argv.slice(2) as [BackendName, string, string?]
const random = createRandom(SEED)
const data = {
  count: ROWS,
  featureShape: [FEATURES],
  features: Float32Array.from({ length: ROWS * FEATURES }, () => 2 * random.uniform() - 1),
  featureScale: 1,
  targets: {
    kind: 'classes',
    labels: Int32Array.from({ length: ROWS }, () => random.below(CLASSES)),
    classes: CLASSES,
  },
} as const
const engine = await createEngine({ backend, place: { directory } })
let steps = 0
const { weights } = await engine.train(MODEL, engine.initialWeights(MODEL, SEED), data, {
  plan: PLAN,
  seed: SEED,
  onProgress: () => {
    if (++steps === Number(loseAt)) loseWebgpuDevice()
  },
})
process.stdout.write(JSON.stringify({ steps, weights: [...weights.values] }))
// Native libraries have threads that would keep the process.
process.exit(0)
