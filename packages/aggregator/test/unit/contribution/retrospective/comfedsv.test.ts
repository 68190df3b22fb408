import { describe, expect, it } from 'vitest'
import { exactShapley } from '../../../../src/contribution/exact-shapley.ts'
import {
  comFedSv,
  type RecordedRound,
} from '../../../../src/contribution/retrospective/comfedsv.ts'
import { federatedUtilities } from '../../../support/games.ts'

const SILOS = 5
const ALL = 31

/** What a round with these participants says of a game over everybody. */
const roundOf = (utilities: Float64Array, participants: number): RecordedRound =>
  [...utilities].flatMap((utility, coalition) =>
    (coalition & ~participants) === 0 ? [{ coalition: BigInt(coalition), utility }] : [],
  )

/** Rounds that all gain the same way, the later ones less. */
const fading = (round: number): Float64Array =>
  federatedUtilities(SILOS, 4).map((utility) => 0.2 + utility / (1 + round))

const sumOfExact = (rounds: number): number[] => {
  const sums = new Array<number>(SILOS).fill(0)
  for (let round = 0; round < rounds; round++)
    exactShapley(SILOS, fading(round)).forEach((value, silo) => {
      sums[silo] = (sums[silo] ?? 0) + value
    })
  return sums
}

describe('comFedSv', () => {
  it('is the sum of the Shapley values of rounds that everybody took part in', () => {
    const rounds = [0, 1, 2].map((round) => roundOf(fading(round), ALL))
    const exact = sumOfExact(3)
    comFedSv(rounds, SILOS).forEach((value, silo) => {
      expect(value).toBeCloseTo(exact[silo] ?? Number.NaN, 12)
    })
  })

  it('finds what absent silos would have been worth where rounds differ by their size alone', () => {
    const present = [ALL, 0b00111, 0b11010, 0b10101, 0b01111, 0b11100]
    const rounds = present.map((participants, round) => roundOf(fading(round), participants))
    const exact = sumOfExact(present.length)
    const norm = Math.hypot(...exact)
    comFedSv(rounds, SILOS).forEach((value, silo) => {
      expect(Math.abs(value - (exact[silo] ?? 0)) / norm).toBeLessThan(0.02)
    })
  })

  it('values twins nearly alike though one of them was away', () => {
    const twins = (round: number): Float64Array =>
      Float64Array.from({ length: 2 ** SILOS }, (_, coalition) => {
        // Silos 0 and 1 are interchangeable.
        const size = [0.3, 0.3, 0.1, 0.2, 0.4].reduce(
          (s, x, i) => s + ((coalition >> i) & 1) * x,
          0,
        )
        return (1 - Math.exp(-size)) / (1 + round)
      })
    const present = [ALL, 0b11101, 0b11101, 0b11101]
    const rounds = present.map((participants, round) => roundOf(twins(round), participants))
    const [here = 0, away = 0] = comFedSv(rounds, SILOS)
    expect(Math.abs(here - away) / here).toBeLessThan(0.02)
    // The plain sum over rounds gives the one who was away less than two thirds.
    const plain = rounds.map((_round, t) => exactShapley(SILOS, twins(t))[1] ?? 0)
    expect((plain[0] ?? 0) / plain.reduce((sum, value) => sum + value, 0)).toBeLessThan(2 / 3)
  })

  it('fills in coalitions that an estimator left out', () => {
    const full = [0, 1].map((round) => roundOf(fading(round), ALL))
    const thin = [2, 3].map((round) =>
      roundOf(fading(round), ALL).filter(({ coalition }) => coalition % 3n !== 1n),
    )
    const exact = sumOfExact(4)
    comFedSv([...full, ...thin], SILOS).forEach((value, silo) => {
      expect(Math.abs(value - (exact[silo] ?? 0))).toBeLessThan(0.01 * Math.hypot(...exact))
    })
  })

  it('refuses rounds that leave a coalition out altogether, and more than twelve silos', () => {
    const rounds = [roundOf(fading(0), 0b01111), roundOf(fading(1), 0b11110)]
    expect(() => comFedSv(rounds, SILOS)).toThrow('8 of 32 coalitions were evaluated in no round')
    expect(() => comFedSv(rounds, 13)).toThrow('13 silos have too many coalitions')
  })
})
