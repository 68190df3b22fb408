import { describe, expect, it } from 'vitest'
import { createSurvivingTrainer } from '../../../src/backends/webgpu-trainer.ts'
import { EngineError } from '../../../src/errors.ts'
import type { Trainer } from '../../../src/models/trainer.ts'
import type { Dataset } from '../../../src/types.ts'

const DATA: Dataset = {
  count: 1,
  featureShape: [1],
  features: new Float32Array(1),
  featureScale: 1,
  targets: { kind: 'reconstruction' },
}

/** A device with trainers whose weight is a digest of the steps that were made; it is lost before the given steps. */
function deviceThatIsLostAt(losses: readonly number[]) {
  const counts = { steps: 0, restarts: 0 }
  let isUp = true
  const check = (): void => {
    if (!isUp) throw new EngineError('lost', { code: 'DEVICE_LOST', reason: 'test' })
  }
  const create = (): Trainer => {
    let weight = 7
    return {
      async step(rows) {
        if (losses.includes(counts.steps++)) isUp = false
        check()
        weight = (weight * 31 + (rows[0] ?? 0)) % 65_521
        return weight
      },
      async weights() {
        check()
        return Float32Array.of(weight)
      },
      dispose() {},
    }
  }
  const restart = async (): Promise<void> => {
    counts.restarts++
    isUp = true
  }
  return { create, restart, counts }
}

async function train(losses: readonly number[], steps: number) {
  const { create, restart, counts } = deviceThatIsLostAt(losses)
  const trainer = createSurvivingTrainer(create, restart)
  const rows = new Uint32Array(1)
  const made: number[] = []
  for (let step = 0; step < steps; step++) {
    rows[0] = step * step
    made.push(await trainer.step(rows, DATA))
  }
  return { made, weights: await trainer.weights(), counts }
}

describe('createSurvivingTrainer', () => {
  it.each([
    ['in the first step', [0]],
    ['later', [40]],
    ['while the steps before are made again', [40, 45]],
    ['three times', [10, 100, 230]],
  ])('comes to the same losses and weights when the device is lost %s', async (_when, losses) => {
    const undisturbed = await train([], 150)
    const { made, weights, counts } = await train(losses, 150)
    expect(made).toEqual(undisturbed.made)
    expect(weights).toEqual(undisturbed.weights)
    expect(counts.restarts).toBe(losses.length)
  })

  it('gives up on a device that is lost again and again', async () => {
    const always = Array.from({ length: 100 }, (_, i) => i)
    await expect(train(always, 1)).rejects.toMatchObject({ info: { code: 'DEVICE_LOST' } })
  })

  it('hands on what is no loss', async () => {
    const trainer = createSurvivingTrainer(
      () => ({
        step: () => Promise.reject(new EngineError('bad', { code: 'DEVICE_ERROR', reason: 'x' })),
        weights: async () => new Float32Array(),
        dispose() {},
      }),
      async () => {},
    )
    await expect(trainer.step(new Uint32Array(1), DATA)).rejects.toThrow('bad')
  })
})
