import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { aggregate } from '../../../src/strategies/aggregate.ts'
import { EVERY_STRATEGY, titleOf } from '../../support/every-strategy.ts'
import { seededValues } from '../../support/seeded-values.ts'
import { keepInMemory, roundOf, update, vector } from '../../support/vectors.ts'

const LENGTH = 40_003

const updates = Array.from({ length: 7 }, (_, i) =>
  update(`silo-${i}`, seededValues(i + 1, LENGTH, 1 + i / 8), { samples: 9 + i, steps: 1 + i }),
)

/** SHA-256 of a model, the second of two rounds. */
async function digestOf(spec: (typeof EVERY_STRATEGY)[number]): Promise<string> {
  const [first, second] = [keepInMemory(LENGTH), keepInMemory(LENGTH)]
  const input = roundOf(updates, { base: vector(seededValues(0, LENGTH)) })
  await aggregate(spec, input, first.keep)
  const { values } = await aggregate(spec, { ...input, state: first.state }, second.keep)
  return createHash('sha256').update(new Uint8Array(values.buffer)).digest('hex').slice(0, 16)
}

describe('models', () => {
  // Whoever verifies a round recomputes its model on another machine. A change here is a change of the method: old rounds no longer verify.
  it('are the same bits in every process, on every machine, in every version', async () => {
    const digests: Record<string, string> = {}
    for (const spec of EVERY_STRATEGY) digests[titleOf(spec)] = await digestOf(spec)
    expect(digests).toMatchInlineSnapshot(`
      {
        "bulyan {"weighting":"equal"}": "ed232aece3cf4a2a",
        "centered-clipping {"weighting":"equal","radius":0.7,"iterations":3,"momentum":0}": "d72da96ba04e2341",
        "centered-clipping {"weighting":"equal"}": "54f9bb318b231338",
        "fedadagrad {"weighting":"samples"}": "312cf84f07c8e379",
        "fedadam {"weighting":"equal","beta1":0.5,"beta2":0.8,"adaptivity":0.1}": "49e7c5e292897ef7",
        "fedadam {"weighting":"samples"}": "86d9d19ffacdf199",
        "fedavg {"weighting":"equal"}": "7444cd6ec57a418d",
        "fedavg {"weighting":"samples"}": "d7db10135d418ae0",
        "fedavgm {"weighting":"equal","serverLearningRate":0.5,"momentum":0.3}": "a9afd0e75bb27844",
        "fedavgm {"weighting":"samples"}": "65945161d22cf0b6",
        "fednova {"weighting":"samples"}": "081beca0a30f1b10",
        "fedprox {"weighting":"samples","proximal":0.1}": "d7db10135d418ae0",
        "fedyogi {"weighting":"samples","serverLearningRate":0.1}": "a622a7ce2d6aa9ad",
        "foolsgold {"weighting":"equal"}": "d02844949967c70a",
        "geometric-median {"weighting":"samples"}": "f391bb74dff5c6f1",
        "krum {"weighting":"equal"}": "47cc6c2d139596d5",
        "median {"weighting":"equal"}": "e87eee90b21c0dfb",
        "multi-krum {"weighting":"equal","attackers":1,"keep":3}": "c60882d51343b5cd",
        "multi-krum {"weighting":"equal"}": "c60882d51343b5cd",
        "norm-clipping {"weighting":"equal","bound":0.5}": "ea5ca75c3559b048",
        "norm-clipping {"weighting":"samples"}": "c8d414b54afd64e4",
        "scaffold {"weighting":"equal"}": "d02844949967c70a",
        "scaffold {"weighting":"samples","serverLearningRate":0.5}": "b569429c8314e270",
        "trimmed-mean {"weighting":"equal","trim":0.4}": "93b633faa39324c5",
        "trimmed-mean {"weighting":"equal"}": "731935839681b252",
      }
    `)
    // 50 rounds of 40,003 values: a second, but not on a crowded machine.
  }, 120_000)
})
