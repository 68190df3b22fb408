import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { accuracy, balancedAccuracy } from '../../../src/metrics/accuracy.ts'
import { countPerClass, recallPerClass } from '../../../src/metrics/recall-per-class.ts'
import { arbitraryScores, probabilitiesOf } from './random-scores.ts'

describe('recallPerClass', () => {
  it('agrees with counting row by row, as do accuracy and balanced accuracy', () => {
    fc.assert(
      fc.property(arbitraryScores(4), (scores) => {
        const isHit = probabilitiesOf(scores).map(
          (row, i) => row.indexOf(Math.max(...row)) === scores.labels[i],
        )
        const mean = (flags: readonly boolean[]) => flags.filter(Boolean).length / flags.length
        const ofClass = [0, 1, 2, 3].map((c) => isHit.filter((_, i) => scores.labels[i] === c))
        const counts = countPerClass(scores)
        expect([...recallPerClass(counts)]).toEqual(
          ofClass.map((flags) => (flags.length === 0 ? 0 : mean(flags))),
        )
        expect(accuracy(counts)).toBe(mean(isHit))
        const present = ofClass.filter((flags) => flags.length > 0).map(mean)
        const expected = present.reduce((sum, recall) => sum + recall, 0) / present.length
        expect(balancedAccuracy(counts)).toBeCloseTo(expected, 12)
      }),
    )
  })

  it('takes the first of equal logits, and gives 0 to a class without rows', () => {
    const counts = countPerClass({
      logits: Float32Array.of(1, 1, 0, 1, 1, 0),
      labels: Int32Array.of(0, 1),
      classes: 3,
    })
    expect([...recallPerClass(counts)]).toEqual([1, 0, 0])
    expect(balancedAccuracy(counts)).toBe(0.5)
  })

  it('counts a rare class as much as a frequent one', () => {
    const labels = Int32Array.from({ length: 100 }, (_, i) => (i < 99 ? 0 : 1))
    const logits = Float32Array.from({ length: 200 }, (_, i) => (i % 2 === 0 ? 1 : 0))
    const counts = countPerClass({ logits, labels, classes: 2 })
    expect(accuracy(counts)).toBe(0.99)
    expect(balancedAccuracy(counts)).toBe(0.5)
  })
})
