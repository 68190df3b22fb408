import { createRandom } from '@fednode/engine'
import { describe, expect, it } from 'vitest'
import { jackknife } from '../../../../src/contribution/regression/jackknife.ts'
import {
  centredStratum,
  normalEquations,
} from '../../../../src/contribution/regression/normal-equations.ts'
import type { PairStratum } from '../../../../src/contribution/regression/pair-stratum.ts'
import { regressPairs } from '../../../../src/contribution/regression/regress-pairs.ts'
import { solveSymmetric } from '../../../../src/contribution/regression/solve-symmetric.ts'

const PLAYERS = 4

/** `count` rows of memberships of size 2 with random differences. */
function stratumOf(count: number, centre: PairStratum['centre']): PairStratum {
  const random = createRandom(count)
  const shift = centre === 'origin' ? 0.5 : 0
  const rows = Array.from({ length: count }, (_, i) => {
    const [a, b] =
      [
        [0, 1],
        [0, 2],
        [0, 3],
        [1, 2],
        [1, 3],
        [2, 3],
      ][i % 6] ?? []
    return Float64Array.from({ length: PLAYERS }, (_v, p) => (p === a || p === b ? 1 : 0) - shift)
  })
  const differences = rows.map(() => random.uniform())
  return { rows, differences, weight: 0.7, population: 40, centre }
}

const without = (stratum: PairStratum, left: number): PairStratum => ({
  ...stratum,
  rows: stratum.rows.toSpliced(left, 1),
  differences: stratum.differences.toSpliced(left, 1),
})

describe('jackknife', () => {
  it.each(['origin', 'sample-mean'] as const)(
    'leaves out each pair as if it had never been drawn (%s)',
    (centre) => {
      const strata = [stratumOf(7, centre), stratumOf(5, centre)]
      const { values, standardErrors } = regressPairs(strata, { players: PLAYERS, gain: 1 })
      const variances = new Float64Array(PLAYERS)
      strata.forEach((stratum, h) => {
        const count = stratum.rows.length
        for (let left = 0; left < count; left++) {
          const rest = strata.with(h, without(stratum, left))
          const again = regressPairs(rest, { players: PLAYERS, gain: 1 }).values
          for (const [i, value] of again.entries())
            variances[i] =
              (variances[i] ?? 0) +
              (1 - count / 40) * ((count - 1) / count) * (value - (values[i] ?? 0)) ** 2
        }
      })
      standardErrors().forEach((error, i) => {
        expect(error).toBeCloseTo(Math.sqrt(variances[i] ?? 0), 9)
      })
    },
  )

  it('adds nothing for a stratum that is exhausted', () => {
    const stratum = { ...stratumOf(6, 'origin'), population: 6 }
    const part = centredStratum(stratum, PLAYERS)
    const equations = normalEquations([part], PLAYERS)
    const solution = solveSymmetric(equations.matrix.slice(), equations.right.slice())
    expect(jackknife([part], equations, solution)).toEqual([0, 0, 0, 0])
  })
})
