import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { solveSymmetric } from '../../../../src/contribution/regression/solve-symmetric.ts'

const vector = (length: number): fc.Arbitrary<number[]> =>
  fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: length, maxLength: length })

describe('solveSymmetric', () => {
  it('solves equations with a positive definite matrix', () => {
    fc.assert(
      fc.property(
        fc.array(vector(5), { minLength: 8, maxLength: 8 }),
        vector(5),
        (rows, solution) => {
          const matrix = new Float64Array(25)
          for (let i = 0; i < 5; i++)
            for (let j = 0; j < 5; j++)
              matrix[5 * i + j] =
                rows.reduce((sum, row) => sum + (row[i] ?? 0) * (row[j] ?? 0), 0) +
                (i === j ? 1 : 0)
          const right = Float64Array.from({ length: 5 }, (_, i) =>
            solution.reduce((sum, x, j) => sum + x * (matrix[5 * i + j] ?? 0), 0),
          )
          solveSymmetric(matrix, right).forEach((x, i) => {
            expect(x).toBeCloseTo(solution[i] ?? Number.NaN, 8)
          })
        },
      ),
      { seed: 2, numRuns: 100 },
    )
  })

  it('reads only the lower triangle', () => {
    const matrix = Float64Array.of(4, Number.NaN, 2, 5)
    expect([...solveSymmetric(matrix, Float64Array.of(10, 9))]).toEqual([2, 1])
  })

  it('leaves an unknown that is not determined at 0', () => {
    const matrix = Float64Array.of(1, 1, 0, 1, 1, 0, 0, 0, 4)
    expect([...solveSymmetric(matrix, Float64Array.of(3, 3, 8))]).toEqual([3, 0, 2])
  })
})
