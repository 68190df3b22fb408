import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ATTACK_NAMES, type AttackKnowledge } from '../../../src/attacks/attack.ts'
import { changeNorm } from '../../../src/attacks/change-norm.ts'
import { craftUpdate } from '../../../src/attacks/craft-update.ts'

const base = Float32Array.of(1, -2, 0.5, 0)
const own = Float32Array.of(1.5, -2.5, 0.5, 0.25)
const other = Float32Array.of(2, -2, 1, 0.25)
const known: AttackKnowledge = { base, own, colluders: [own, other], silos: 10, seed: 7 }

describe('craftUpdate', () => {
  it('sends the honest update of flipped labels', () => {
    expect(craftUpdate({ name: 'label-flip' }, known)).toEqual(own)
  })

  it('mirrors the change at the base, four times as large', () => {
    expect(craftUpdate({ name: 'sign-flip' }, known)).toEqual(Float32Array.of(-1, 0, 0.5, -1))
    expect(craftUpdate({ name: 'sign-flip', strength: 1 }, known)).toEqual(
      Float32Array.of(0.5, -1.5, 0.5, -0.25),
    )
  })

  it('sends noise of a hundred times the honest norm, the same for the same seed', () => {
    const wide = { ...known, base: new Float32Array(10_000), own: new Float32Array(10_000).fill(1) }
    const crafted = craftUpdate({ name: 'gaussian' }, wide)
    expect(changeNorm(crafted, wide.base) / 100 / 100).toBeCloseTo(1, 1)
    expect(craftUpdate({ name: 'gaussian' }, wide)).toEqual(crafted)
    expect(craftUpdate({ name: 'gaussian' }, { ...wide, seed: 8 })).not.toEqual(crafted)
  })

  it('ALIE sends the mean of the colluders less z deviations, nearly the same for all of them', () => {
    const expected = [1.75 - 1.5 * 0.25, -2.25 - 1.5 * 0.25, 0.75 - 1.5 * 0.25, 0.25]
    const one = craftUpdate({ name: 'alie', strength: 1.5 }, known)
    const two = craftUpdate({ name: 'alie', strength: 1.5 }, { ...known, own: other, seed: 8 })
    for (const crafted of [one, two])
      crafted.forEach((value, i) => {
        expect(value).toBeCloseTo(expected[i] as number, 2)
      })
    expect(one, 'equal bytes would be refused').not.toEqual(two)
  })

  it('ALIE of one colluder is its honest update', () => {
    const crafted = craftUpdate({ name: 'alie' }, { ...known, colluders: [own] })
    expect(changeNorm(crafted, own) / changeNorm(own, base)).toBeLessThan(0.01)
  })

  it('IPM turns the mean of all silos around by as much as honest silos move it', () => {
    const crafted = craftUpdate({ name: 'ipm' }, { ...known, colluders: [own, own] })
    const mean = own.map((value, i) => (8 * value + 2 * (crafted[i] as number)) / 10)
    const expected = base.map((value, i) => value - 0.8 * ((own[i] as number) - value))
    mean.forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i] as number, 2)
    })
  })

  it('IPM of a small epsilon points the other way and is short', () => {
    const crafted = craftUpdate({ name: 'ipm', strength: 0.5 }, known)
    for (const [i, value] of [0.625, -1.875, 0.375, -0.125].entries())
      expect(crafted[i]).toBeCloseTo(value, 2)
  })

  it('a free-rider returns the base with hardly any noise, or none', () => {
    const crafted = craftUpdate({ name: 'free-rider' }, known)
    expect(changeNorm(crafted, base)).toBeGreaterThan(0)
    expect(changeNorm(crafted, base) / changeNorm(own, base)).toBeLessThan(0.01)
    expect(craftUpdate({ name: 'free-rider', strength: 0 }, known)).toEqual(base)
  })

  it('a replay sends what was sent before, and something honest in the first round', () => {
    expect(craftUpdate({ name: 'replay' }, known)).toEqual(own)
    expect(craftUpdate({ name: 'replay' }, { ...known, sentBefore: other })).toEqual(other)
  })

  it('no update exceeds the norm that the manifest lets through, and no input is mutated', () => {
    const vector = fc
      .array(fc.float({ min: -10, max: 10, noNaN: true }), { minLength: 6, maxLength: 6 })
      .map((values) => Float32Array.from(values))
    fc.assert(
      fc.property(
        fc.record({ base: vector, own: vector, other: vector }),
        fc.constantFrom(...ATTACK_NAMES),
        fc.double({ min: 0.01, max: 50, noNaN: true }),
        (vectors, name, largestNorm) => {
          const before = structuredClone(vectors)
          const crafted = craftUpdate(
            { name },
            {
              base: vectors.base,
              own: vectors.own,
              colluders: [vectors.own, vectors.other],
              sentBefore: vectors.other,
              silos: 7,
              largestNorm,
              seed: 3,
            },
          )
          expect(changeNorm(crafted, vectors.base)).toBeLessThanOrEqual(largestNorm)
          expect(vectors).toEqual(before)
        },
      ),
    )
  })
})
