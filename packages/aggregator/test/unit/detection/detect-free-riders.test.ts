import type { SiloName } from '@fednode/protocol'
import { describe, expect, it } from 'vitest'
import { memorySource } from '../../../src/assessment/vector-pool.ts'
import { detectFreeRiders } from '../../../src/detection/detect-free-riders.ts'
import type { UpdateSource } from '../../../src/strategies/types.ts'

const LENGTH = 5_000
const BASE = noise(1, 1)

/** The same pseudo-random values for the same seed (xorshift32). */
function noise(seed: number, scale: number, length = LENGTH): Float32Array {
  let state = seed * 2_654_435_761
  return Float32Array.from({ length }, () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (scale * (state | 0)) / 2 ** 31
  })
}

function plus(a: Float32Array, b: Float32Array, factor = 1): Float32Array {
  return a.map((value, i) => value + factor * (b[i] ?? 0))
}

/** What a silo with data of its own sends: all changes have a part in common. */
function honest(seed: number): Float32Array {
  return plus(BASE, plus(noise(99, 0.01), noise(seed, 0.02)))
}

function sources(updates: Readonly<Record<string, Float32Array>>): readonly UpdateSource[] {
  return Object.entries(updates).map(([name, values]) => ({
    ...memorySource(values),
    silo: name as SiloName,
    samples: 10,
    steps: 1,
  }))
}

function detect(
  updates: Readonly<Record<string, Float32Array>>,
  earlier: Parameters<typeof detectFreeRiders>[0]['earlier'] = () => undefined,
) {
  return detectFreeRiders({ base: memorySource(BASE), updates: sources(updates), earlier })
}

function found(updates: Readonly<Record<string, Float32Array>>): readonly string[] {
  return detect(updates).findings.map(({ code, silo, with: other = '' }) =>
    `${code} ${silo} ${other}`.trim(),
  )
}

const HONEST = {
  'silo-a': honest(2),
  'silo-b': honest(3),
  'silo-c': honest(4),
  'silo-d': honest(5),
}

describe('detectFreeRiders', () => {
  it('finds nothing in updates that were trained on data of their own', () => {
    expect(found(HONEST)).toEqual([])
    expect(found({ 'silo-a': honest(2) })).toEqual([])
    expect(detect(HONEST).digests).toHaveLength(4)
  })

  it('T32: finds the base sent back, rounded or not', () => {
    const rounded = BASE.map((value) => value * (1 + 2 ** -24))
    expect(found({ ...HONEST, 'silo-e': BASE })).toEqual(['NO_OP silo-e'])
    expect(found({ ...HONEST, 'silo-e': rounded, 'silo-f': BASE })).toEqual([
      'NO_OP silo-e',
      'NO_OP silo-f',
    ])
    expect(found({ ...HONEST, 'silo-e': plus(BASE, noise(7, 1e-6)) })).toEqual([])
  })

  it('T32: finds an update of an earlier round by its values', () => {
    const { digests } = detect(HONEST)
    const known = digests[1] ?? new Uint8Array()
    const { findings } = detect({ ...HONEST, 'silo-e': honest(6) }, (digest) =>
      Buffer.compare(digest, known) === 0 ? { round: 2, silo: 'silo-b' as SiloName } : undefined,
    )
    expect(findings).toEqual([
      { code: 'REPLAY', silo: 'silo-b', with: 'silo-b', round: 2, measurePico: 0 },
    ])
  })

  it('T32: finds another silo’s values', () => {
    expect(found({ ...HONEST, 'silo-e': HONEST['silo-b'] })).toEqual(['COPY silo-e silo-b'])
  })

  it('T32: finds a sum of the others, and not those that it was made of', () => {
    const sum = plus(plus(HONEST['silo-a'], HONEST['silo-b']), BASE, -1)
    expect(found({ ...HONEST, 'silo-e': sum })).toEqual(['COMBINATION silo-e'])
    const mean = BASE.map((value, i) => {
      const changes = Object.values(HONEST).map((update) => (update[i] ?? 0) - value)
      return value + changes.reduce((total, change) => total + change, 0) / 4
    })
    expect(found({ ...HONEST, 'silo-e': mean })).toEqual(['COMBINATION silo-e'])
  })

  it('T32: names all that depend when nobody is a plain sum', () => {
    const mixed = plus(
      plus(BASE, plus(HONEST['silo-a'], BASE, -1)),
      plus(HONEST['silo-b'], BASE, -1),
      -1,
    )
    const names = found({ ...HONEST, 'silo-0': mixed })
    expect(names).toContain('COMBINATION silo-a')
  })

  it('T33: finds two names of one data set', () => {
    const twin = plus(HONEST['silo-a'], noise(8, 0.0005))
    expect(found({ ...HONEST, 'silo-e': twin })).toEqual(['NEAR_DUPLICATE silo-e silo-a'])
  })

  it.each([
    // Share of the change that is the silo's own: honest tiny models have a few hundredths, a copy with noise has less than a thousandth.
    { values: 4_000, own: 0.02, isFound: true },
    { values: 64, own: 0.02, isFound: true },
    { values: 63, own: 0.02, isFound: false },
    { values: 13, own: 0.02, isFound: false },
    { values: 13, own: 0.0005, isFound: true },
    { values: 7, own: 0.0005, isFound: false },
  ])('T33: of $values values, $own of them its own: near duplicate $isFound', (one) => {
    const base = memorySource(new Float32Array(one.values))
    const change = noise(2, 1, one.values)
    const updates = sources({
      'silo-a': change,
      'silo-b': plus(change, noise(3, one.own, one.values)),
    })
    const { findings } = detectFreeRiders({ base, updates, earlier: () => undefined })
    expect(findings.map(({ code }) => code)).toEqual(one.isFound ? ['NEAR_DUPLICATE'] : [])
  })

  it('says nothing of combinations where a model has hardly more weights than silos', () => {
    const base = memorySource(noise(1, 1, 6))
    const updates = sources({
      'silo-a': noise(2, 1, 6),
      'silo-b': noise(3, 1, 6),
      'silo-c': plus(noise(2, 1, 6), noise(3, 1, 6)),
    })
    expect(detectFreeRiders({ base, updates, earlier: () => undefined }).findings).toEqual([])
  })

  it('sees a sum in a model that is read in many slices', () => {
    const length = 600_000
    const zeros = new Float32Array(length)
    const [a, b, c] = [2, 3, 4].map((seed) => noise(seed, 1, length))
    const updates = sources({
      'silo-a': a ?? zeros,
      'silo-b': b ?? zeros,
      'silo-c': c ?? zeros,
      'silo-d': plus(a ?? zeros, c ?? zeros),
    })
    const { findings } = detectFreeRiders({
      base: memorySource(zeros),
      updates,
      earlier: () => undefined,
    })
    expect(findings.map(({ code, silo }) => `${code} ${silo}`)).toEqual(['COMBINATION silo-d'])
  })
})
