import { beforeAll, describe, expect, it } from 'vitest'
import {
  createEngine,
  createRandom,
  type Dataset,
  mirrorTargets,
} from '../../../packages/engine/src/index.ts'
import { classTargets } from '../../lab/class-targets.ts'
import { simulateFederation } from '../../lab/simulate.ts'
import type { SimulatedRound, SimulationOptions } from '../../lab/simulation.ts'
import { pickRows } from '../../lab/split-digits.ts'

const CLASSES = 3
const WIDTH = 6

/** Points around one corner per class: a softmax layer learns them in a few steps. */
function corners(count: number, seed: number): Dataset {
  const random = createRandom(seed)
  const labels = Int32Array.from({ length: count }, () => random.below(CLASSES))
  const features = new Float32Array(count * WIDTH)
  for (let i = 0; i < features.length; i++) {
    const isCorner = i % WIDTH === labels[Math.floor(i / WIDTH)]
    features[i] = (isCorner ? 1 : 0) + random.uniform() - 0.5
  }
  return {
    count,
    featureShape: [WIDTH],
    features,
    featureScale: 1,
    targets: { kind: 'classes', labels, classes: CLASSES },
  }
}

describe('simulateFederation', () => {
  let options: SimulationOptions

  beforeAll(async () => {
    options = {
      engine: await createEngine({ backend: 'wasm' }),
      model: {
        topology: {
          className: 'Sequential',
          layers: [{ className: 'Dense', config: { units: CLASSES, activation: 'softmax' } }],
        },
        featureShape: [WIDTH],
        objective: { kind: 'classes', classes: CLASSES },
      },
      plan: { optimizer: 'sgd', learningRate: 1, batchSize: 10, epochs: 5 },
      silos: [1, 2, 3, 4, 5].map((seed) => corners(40, seed)),
      strategy: { name: 'fedavg', weighting: 'samples' },
      rounds: 3,
      seed: 9,
      validation: corners(200, 99),
    }
  })

  it('learns, round after round, and gives the same bits again', async () => {
    const first = await simulateFederation(options)
    expect(first.rounds.map(({ isVoid }) => isVoid)).toEqual([false, false, false])
    expect(first.rounds.at(-1)?.metrics.accuracy).toBeGreaterThan(0.9)
    expect(first.rounds.at(-1)?.loss).toBeLessThan(first.rounds[0]?.loss ?? 0)
    expect(first.updates).toHaveLength(5)
    expect(first.updates[0]).toMatchObject({ silo: 0, samples: 40, steps: 20 })
    const second = await simulateFederation(options)
    expect(second).toEqual(first)
  })

  it('begins with given weights', async () => {
    const { model: start } = await simulateFederation({ ...options, rounds: 1 })
    const { base } = await simulateFederation({ ...options, rounds: 1, start })
    expect(base).toEqual(start)
  })

  it('hands back what the last round was made of', async () => {
    const { base, updates, model } = await simulateFederation({ ...options, rounds: 1 })
    expect(base).toEqual(options.engine.initialWeights(options.model, options.seed))
    const mean = model.values.map((_, i) => {
      const sum = updates.reduce((total, { weights }) => total + (weights.values[i] ?? 0), 0)
      return sum / updates.length
    })
    expect(model.values).toEqual(mean)
  })

  it('draws a part of the silos for each round, not always the same', async () => {
    const drawn: string[] = []
    const watch = async ({ updates }: SimulatedRound) => {
      drawn.push(updates.map(({ silo }) => silo).join())
    }
    await simulateFederation({ ...options, rounds: 6, sampleShare: 0.4, watch })
    expect(drawn.map((silos) => silos.split(',').length)).toEqual([2, 2, 2, 2, 2, 2])
    expect(new Set(drawn).size).toBeGreaterThan(1)
  })

  it('ends when the model is good enough', async () => {
    const isEnough = ({ loss }: { loss: number }) => loss < 0.9
    const { rounds } = await simulateFederation({ ...options, rounds: 50, isEnough })
    expect(rounds.length).toBeLessThan(50)
    expect(rounds.findIndex(isEnough)).toBe(rounds.length - 1)
  })

  it('lets the learning rate fall as the plan says', async () => {
    const schedule = { kind: 'step', rounds: 1, factor: 1e-9 } as const
    const { base, updates } = await simulateFederation({
      ...options,
      rounds: 2,
      plan: { ...options.plan, schedule },
    })
    const moved = updates[0]?.weights.values.map((value, i) => value - (base.values[i] ?? 0)) ?? []
    expect(Math.max(...moved.map(Math.abs))).toBeLessThan(1e-6)
  })

  it('carries the state of a strategy from round to round', async () => {
    const strategy = { name: 'fedavgm', weighting: 'samples', momentum: 0.9 } as const
    const plain = await simulateFederation({ ...options, rounds: 2 })
    const withMomentum = await simulateFederation({ ...options, rounds: 2, strategy })
    expect(withMomentum.rounds[0]).toEqual(plain.rounds[0])
    expect(withMomentum.rounds[1]).not.toEqual(plain.rounds[1])
  })

  it("trains with FedProx's and SCAFFOLD's terms", async () => {
    const plain = await simulateFederation(options)
    for (const strategy of [
      { name: 'fedprox', weighting: 'samples', proximal: 0.1 },
      { name: 'scaffold', weighting: 'equal' },
    ] as const) {
      const { rounds, model } = await simulateFederation({ ...options, strategy })
      expect(rounds.at(-1)?.metrics.accuracy).toBeGreaterThan(0.9)
      expect(model).not.toEqual(plain.model)
    }
  })

  it('lets only the last silos attack', async () => {
    const honest = await simulateFederation({ ...options, rounds: 1 })
    const attacked = await simulateFederation({
      ...options,
      rounds: 1,
      attack: { name: 'sign-flip' },
      attackers: 2,
    })
    const changed = attacked.updates.map(
      ({ weights }, i) => weights.values.join() !== honest.updates[i]?.weights.values.join(),
    )
    expect(changed).toEqual([false, false, false, true, true])
  })

  it('trains label flippers on mirrored labels', async () => {
    const attack = { name: 'label-flip' } as const
    const { updates } = await simulateFederation({ ...options, rounds: 1, attack, attackers: 1 })
    const data = options.silos[4] as Dataset
    const { metrics } = options.engine.evaluate(
      options.model,
      updates[4]?.weights ?? { specs: [], values: new Float32Array() },
      mirrorTargets(data),
    )
    expect(metrics.accuracy).toBeGreaterThan(0.8)
  })

  it('refuses updates that are not finite; without any the round is void and the model stays', async () => {
    const attack = { name: 'sign-flip', strength: 1e39 } as const
    const one = await simulateFederation({ ...options, attack, attackers: 1 })
    expect(one.rounds.at(-1)?.metrics.accuracy).toBeGreaterThan(0.9)
    const { rounds, base, model } = await simulateFederation({ ...options, attack, attackers: 5 })
    expect(rounds.map(({ isVoid }) => isVoid)).toEqual([true, true, true])
    expect(model).toEqual(base)
    expect(base).toEqual(options.engine.initialWeights(options.model, options.seed))
  })
})

describe('pickRows', () => {
  it('takes features and labels of the rows that are named, in their order', () => {
    const data = corners(5, 1)
    const picked = pickRows(data, [3, 0])
    expect(picked.count).toBe(2)
    const { labels } = classTargets(data)
    expect([...classTargets(picked).labels]).toEqual([labels[3], labels[0]])
    expect([...picked.features.subarray(0, WIDTH)]).toEqual([
      ...data.features.subarray(3 * WIDTH, 4 * WIDTH),
    ])
  })
})
