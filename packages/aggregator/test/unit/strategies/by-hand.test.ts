import type { StrategySpec } from '@fednode/protocol'
import { describe, expect, it } from 'vitest'
import { aggregate } from '../../../src/strategies/aggregate.ts'
import type { AggregationInput, UpdateSource } from '../../../src/strategies/types.ts'
import { keepInMemory, roundOf, update, valuesOf, vector } from '../../support/vectors.ts'

type Round = { readonly updates: readonly UpdateSource[]; readonly base?: readonly number[] }

/** Plays rounds with the state carried; a round's base is the last model unless it is given. */
async function play(spec: StrategySpec, rounds: readonly Round[], clients?: number) {
  let state: AggregationInput['state'] = new Map()
  let model: ArrayLike<number> | undefined
  let counted: readonly number[] = []
  for (const { updates, base } of rounds) {
    const length = updates[0]?.length ?? 0
    const kept = keepInMemory(length)
    const input = roundOf(updates, {
      base: vector(base ?? model ?? new Float32Array(length)),
      state,
      ...(clients !== undefined && { clients }),
    })
    const outcome = await aggregate(spec, input, kept.keep)
    model = outcome.values
    counted = outcome.counted
    state = kept.state
  }
  const stateValues = Object.fromEntries([...state].map(([name, s]) => [name, [...valuesOf(s)]]))
  return { values: Array.from(model ?? []), counted, state: stateValues }
}

/** One update per number, of silos a, b, c ... */
function points(...values: readonly number[]): UpdateSource[] {
  return values.map((value, i) => update(String.fromCharCode(97 + i), [value]))
}

const equal = 'equal'

describe('fednova', () => {
  it('divides each change by its steps and goes as far as the mean number of steps', async () => {
    // Shares 1/4 and 3/4, tau_eff = 2/4 + 12/4 = 3.5; 3.5 * (2/4 * 1/2 + 8 * 3/4 * 1/4) = 3.5 * 1.75.
    const updates = [
      update('a', [2], { samples: 1, steps: 2 }),
      update('b', [8], { samples: 3, steps: 4 }),
    ]
    const { values } = await play({ name: 'fednova', weighting: 'samples' }, [{ updates }])
    expect(values).toEqual([6.125])
  })
})

describe('fedavgm', () => {
  it('moves on by what is left of the last steps', async () => {
    // v = 4, then 0.5 * 4 + 2 = 4; x = 0 + 0.25 * 4 = 1, then 1 + 0.25 * 4 = 2.
    const spec = { name: 'fedavgm', weighting: equal, serverLearningRate: 0.25, momentum: 0.5 }
    const rounds = [{ updates: points(3, 5) }, { updates: points(3, 3) }]
    const { values, state } = await play(spec as StrategySpec, rounds)
    expect(values).toEqual([2])
    expect(state).toEqual({ momentum: [4] })
  })
})

describe('adaptive server optimizers', () => {
  // d = 0.5; tau = 0.5, so v_{-1} = 0.25 = d^2.
  const options = { weighting: equal, serverLearningRate: 3, adaptivity: 0.5 } as const

  it('fedadagrad divides by the root of all squares', async () => {
    // v = 0.25 + 0.25, m = d.
    const { values, state } = await play({ ...options, name: 'fedadagrad' }, [
      { updates: points(0.25, 0.75) },
    ])
    expect(values).toEqual([Math.fround(1.5 / (Math.SQRT1_2 + 0.5))])
    expect(state).toEqual({ 'first-moment': [0.5], 'second-moment': [0.5] })
  })

  it('fedadam divides by the root of a moving average', async () => {
    // m = 0.25; v = 0.25 stays; x = 3 * 0.25 / (0.5 + 0.5).
    const spec = { ...options, name: 'fedadam', beta1: 0.5, beta2: 0.75 } as const
    const { values, state } = await play(spec, [{ updates: points(0.25, 0.75) }])
    expect(values).toEqual([0.75])
    expect(state).toEqual({ 'first-moment': [0.25], 'second-moment': [0.25] })
  })

  it('fedyogi adds or takes away, by the sign', async () => {
    const spec = { ...options, name: 'fedyogi', beta1: 0, beta2: 0.75 } as const
    // d = 2: v = 0.25 + 0.25 * 4 = 1.25. d = 0 from there: v - 0 = 1.25.
    const up = await play(spec, [{ updates: points(1, 3) }])
    expect(up.state['second-moment']).toEqual([1.25])
    // d = 0.25: v = 0.25 - 0.25 * 0.0625.
    const down = await play(spec, [{ updates: points(0.25, 0.25) }])
    expect(down.state['second-moment']).toEqual([0.25 - 0.25 * 0.0625])
  })
})

describe('scaffold', () => {
  it('computes the control variate that option II gives, weighed by who took part', async () => {
    // dc_a = (1 - 0) / (2 * 0.1) = 5, dc_b = (1 - 3) / (5 * 0.1) = -4; c = 2/4 * (5 - 4) / 2.
    const first = {
      base: [1],
      updates: [update('a', [0], { steps: 2 }), update('b', [3], { steps: 5 })],
    }
    const spec = { name: 'scaffold', weighting: equal } as const
    const once = await play(spec, [first], 4)
    expect(once.values).toEqual([1.5])
    expect(once.state).toEqual({ control: [0.25] })
    // From 1.5: dc = (1.5 - 1) / (5 * 0.1) - 0.25 = 0.75 of one silo in four; c = 0.25 + 0.75 / 4.
    const second = { updates: [update('b', [1], { steps: 5 })] }
    const twice = await play(spec, [first, second], 4)
    expect(twice.state).toEqual({ control: [0.4375] })
  })
})

describe('median and trimmed mean', () => {
  const updates = [update('a', [1, 9]), update('b', [100, 2]), update('c', [3, -50])]

  it('takes the middle of each coordinate', async () => {
    const { values, counted } = await play({ name: 'median', weighting: equal }, [{ updates }])
    expect(values).toEqual([3, 2])
    expect(counted).toEqual([1 / 3, 1 / 3, 1 / 3])
  })

  it('takes the mean of two in the middle', async () => {
    const four = [...updates, update('d', [5, 3])]
    const { values } = await play({ name: 'median', weighting: equal }, [{ updates: four }])
    expect(values).toEqual([4, 2.5])
  })

  it.each([
    [0, 5, 4],
    [0.2, 5, 3],
    [0.3, 10, 5.5],
    [0.499, 4, 2.5],
  ])('cuts a share of %d of %d values off at each end', async (trim, count, expected) => {
    // 1, 2, ..., n - 1 and an outlier that pulls the plain mean of 5 to 4.
    const values = Array.from({ length: count }, (_, i) => (i === count - 1 ? 10 : i + 1))
    const spec = { name: 'trimmed-mean', weighting: equal, trim } as const
    const { values: model } = await play(spec, [{ updates: points(...values) }])
    expect(model).toEqual([expected])
  })
})

describe('krum and multi-krum', () => {
  // n = 5, f = 1: two nearest. Scores 1 + 9, 1 + 4, 4 + 9, 16 + 36, 93^2 + 97^2.
  const updates = points(0, 1, 3, 7, 100)

  it('krum takes the update that is nearest to most others', async () => {
    const { values, counted } = await play({ name: 'krum', weighting: equal }, [{ updates }])
    expect(values).toEqual([1])
    expect(counted).toEqual([0, 1, 0, 0, 0])
  })

  it('multi-krum averages n - f - 2 of them, or as many as it is told', async () => {
    const name = 'multi-krum'
    const two = await play({ name, weighting: equal }, [{ updates }])
    expect(two.values).toEqual([0.5])
    expect(two.counted).toEqual([0.5, 0.5, 0, 0, 0])
    const three = await play({ name, weighting: equal, keep: 3 }, [{ updates }])
    expect(three.values).toEqual([Math.fround(4 / 3)])
  })

  it('looks out for fewer attackers where the proof asks for more updates', async () => {
    // Five updates bear one attacker: told three, the scores are those of one.
    const spec = { name: 'krum', weighting: equal, attackers: 3 } as const
    expect((await play(spec, [{ updates }])).values).toEqual([1])
  })

  it('lets no name win: equal scores are averaged', async () => {
    const { values, counted } = await play({ name: 'krum', weighting: equal }, [
      { updates: points(2, 4) },
    ])
    expect(values).toEqual([3])
    expect(counted).toEqual([0.5, 0.5])
  })
})

describe('bulyan', () => {
  it('chooses n - 2f by Krum and averages the n - 4f nearest to their median', async () => {
    // f = 1: Krum leaves out -60 and 50; of 0, 1, 2, 4, 8 the three nearest to 2 are 1, 2 and 0, at equal distance before 4.
    const updates = points(0, 1, 2, 4, 8, 50, -60)
    const { values, counted } = await play({ name: 'bulyan', weighting: equal }, [{ updates }])
    expect(values).toEqual([1])
    expect(counted).toEqual([0.2, 0.2, 0.2, 0.2, 0.2, 0, 0])
  })

  it('is the mean when there are too few updates for an attacker', async () => {
    const spec = { name: 'bulyan', weighting: equal, attackers: 1 } as const
    expect((await play(spec, [{ updates: points(1, 2, 9) }])).values).toEqual([4])
  })
})

describe('geometric median', () => {
  it('weighs by the inverse distance from the last point', async () => {
    // From the mean 1: weights 1, 1 and 1/2, so 1.5 / 2.5.
    const spec = { name: 'geometric-median', weighting: equal, iterations: 1 } as const
    const { values, counted } = await play(spec, [{ updates: points(0, 0, 3) }])
    expect(values[0]).toBeCloseTo(0.6, 6)
    expect(counted.map((share) => Math.round(share * 1e6) / 1e6)).toEqual([0.4, 0.4, 0.2])
  })

  it('counts a distance below the smoothing as the smoothing', async () => {
    // From the mean 1.5, distances 1.5 count as 2: the mean again.
    const spec = { name: 'geometric-median', weighting: equal, smoothing: 2 } as StrategySpec
    expect((await play(spec, [{ updates: points(0, 3) }])).values[0]).toBeCloseTo(1.5, 6)
  })
})

describe('norm clipping', () => {
  const updates = [update('a', [3, 4]), update('b', [0, 0.5]), update('c', [-1, 0])]

  it('shortens what is longer than the bound', async () => {
    const spec = { name: 'norm-clipping', weighting: equal, bound: 2.5 } as const
    const { values } = await play(spec, [{ updates }])
    // [1.5, 2] + [0, 0.5] + [-1, 0]
    expect(values[0]).toBeCloseTo(0.5 / 3, 6)
    expect(values[1]).toBeCloseTo(2.5 / 3, 6)
  })

  it('is bounded by the median of the norms when nothing is said', async () => {
    // Norms 5, 0.5 and 1: [0.6, 0.8] + [0, 0.5] + [-1, 0].
    const { values } = await play({ name: 'norm-clipping', weighting: equal }, [{ updates }])
    expect(values[0]).toBeCloseTo(-0.4 / 3, 6)
    expect(values[1]).toBeCloseTo(1.3 / 3, 6)
  })
})

describe('centered clipping', () => {
  const spec = { name: 'centered-clipping', weighting: equal, radius: 1 } as const

  it('clips around the last change', async () => {
    const still = { ...spec, momentum: 0 }
    // v = (0.5 + 1) / 2 = 0.75. Around it 0.25 and 10 are 0.25 - 0.75 and 1: v = 0.75 + (-0.5 + 1) / 2.
    const once = await play(still, [{ updates: points(0.5, 10) }])
    expect(once.values).toEqual([0.75])
    expect(once.state).toEqual({ centre: [0.75] })
    const twice = await play(still, [{ updates: points(0.5, 10) }, { updates: points(1, 10.75) }])
    expect(twice.values).toEqual([1.75])
    expect(twice.state).toEqual({ centre: [1] })
  })

  it('averages the changes of each silo over the rounds', async () => {
    const slow = { ...spec, momentum: 0.5 }
    const rounds = [
      { updates: points(0.5, 1) },
      // From 0.75, changes -0.25 and 3: momenta 0.125 and 2; around 0.75 they are -0.625 and 1 after clipping.
      { updates: points(0.5, 3.75) },
    ]
    const { values, state } = await play(slow, rounds)
    expect(state).toEqual({ 'momentum/a': [0.125], 'momentum/b': [2], centre: [0.9375] })
    expect(values).toEqual([0.75 + 0.9375])
  })

  it('repeats the clipping around the new point', async () => {
    // 0 -> 1 -> 2 -> 3 with every update far away.
    const often = { ...spec, iterations: 3 }
    expect((await play(often, [{ updates: points(50, 60) }])).values).toEqual([3])
  })
})

describe('foolsgold', () => {
  it('leaves out silos whose histories point the same way', async () => {
    const updates = [update('a', [2, 0]), update('b', [5, 0]), update('c', [0, 3])]
    const { values, counted, state } = await play({ name: 'foolsgold', weighting: equal }, [
      { updates },
    ])
    expect(values).toEqual([0, 3])
    expect(counted).toEqual([0, 0, 1])
    expect(state).toEqual({ 'history/a': [2, 0], 'history/b': [5, 0], 'history/c': [0, 3] })
  })

  it('judges by all rounds and keeps the history of who is absent', async () => {
    const { state } = await play({ name: 'foolsgold', weighting: equal }, [
      { updates: [update('a', [2, 0]), update('b', [0, 1])], base: [0, 0] },
      { updates: [update('b', [1, 1])], base: [0, 0] },
    ])
    expect(state).toEqual({ 'history/a': [2, 0], 'history/b': [1, 2] })
  })

  it('stays where it is when all silos are one', async () => {
    const updates = [update('a', [1, 1]), update('b', [3.3, 3.3])]
    const round = { updates, base: [0, 0] }
    const { values, counted } = await play({ name: 'foolsgold', weighting: equal }, [round])
    expect(values).toEqual([0, 0])
    expect(counted).toEqual([0, 0])
  })
})
