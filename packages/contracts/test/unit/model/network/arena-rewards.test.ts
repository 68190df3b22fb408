import fc from 'fast-check'
import { numberToHex } from 'viem'
import { describe, expect, it } from 'vitest'
import {
  nodeRewards,
  nodesPart,
  roundReward,
  validatorRewards,
  vested,
} from '../../../../src/model/network/arena-rewards.ts'
import { drawAssignments } from '../../../../src/model/network/assignment.ts'

const WAD = 10n ** 18n
const CENT = 10n ** 16n
const EVEN = { ratio: (8n * WAD) / 10n, exponent: WAD } as const

describe('rewards of the arena', () => {
  it('splits a day as FLock’s worked example does, without gamma', () => {
    const reward = 30_915_768n * CENT
    const sides = { shareBps: 0n, nodes: 7_500n * WAD, validators: 12_000n * WAD }
    const nodes = nodesPart(reward, sides)
    expect(nodes / CENT).toBe(11_890_680n)
    expect((reward - nodes) / CENT).toBe(19_025_088n)
  })

  it('gives both sides the same with all of gamma, and half when nobody staked', () => {
    expect(nodesPart(100n, { shareBps: 5_000n, nodes: 9n, validators: 1n })).toBe(50n)
    expect(nodesPart(101n, { shareBps: 0n, nodes: 0n, validators: 0n })).toBe(50n)
  })

  it('gives all that is left to the last round', () => {
    expect(roundReward(90n, 3n, 1n)).toBe(30n)
    expect(roundReward(90n, 3n, 3n)).toBe(90n)
  })

  it('ranks by score, then by who came first, and pays nothing for none', () => {
    const stake = WAD
    const models = [5n, 65_535n, 9n, 0n, 9n].map((score) => ({ score, stake }))
    const [fifth, none, first, zero, second] = nodeRewards(244n, models, EVEN)
    expect([first, second, fifth]).toEqual([100n, 80n, 64n])
    expect([none, zero]).toEqual([0n, 0n])
  })

  it('pays validators by closeness, work and stake', () => {
    const validators = [
      { distance: 0n, work: 2n, stake: WAD },
      { distance: 100n, work: 2n, stake: WAD },
      { distance: 0n, work: 1n, stake: 3n * WAD },
      { distance: 200n, work: 2n, stake: WAD },
      { distance: 0n, work: 0n, stake: WAD },
    ]
    const terms = { tolerance: 100n, exponent: WAD }
    expect(validatorRewards(600n, validators, terms)).toEqual([200n, 100n, 300n, 0n, 0n])
  })

  it('never gives away more than there is', () => {
    const amount = fc.bigInt(0n, 10n ** 27n)
    const model = fc.record({ score: fc.bigInt(0n, 10_000n), stake: fc.bigInt(1n, 10n ** 26n) })
    fc.assert(
      fc.property(amount, fc.array(model, { maxLength: 64 }), (reward, models) => {
        const paid = nodeRewards(reward, models, EVEN).reduce((a, b) => a + b, 0n)
        expect(paid).toBeLessThanOrEqual(reward)
        const unpaid = models.every(({ score }) => score === 0n)
        if (!unpaid) expect(reward - paid).toBeLessThanOrEqual(BigInt(models.length))
      }),
    )
  })

  it('vests in a straight line', () => {
    expect(vested(100n, 0n, 10n)).toBe(0n)
    expect(vested(100n, 3n, 10n)).toBe(30n)
    expect(vested(100n, 11n, 10n)).toBe(100n)
  })
})

describe('the draw of validators', () => {
  it('fills the seats of each model, nobody twice and nobody without a stake', () => {
    const stakes = [4n, 0n, 9n, 16n].map((stake) => stake * WAD)
    for (let i = 0; i < 50; i++) {
      const seed = numberToHex(i, { size: 32 })
      const assigned = drawAssignments({ seed, stakes, models: 8n, seats: 2n })
      expect(assigned[1]).toBe(0n)
      for (let model = 0n; model < 8n; model++) {
        const seated = assigned.filter((mask) => ((mask >> model) & 1n) === 1n)
        expect(seated).toHaveLength(2)
      }
    }
  })
})
