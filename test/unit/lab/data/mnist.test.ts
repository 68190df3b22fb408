import { beforeAll, describe, expect, test } from 'vitest'
import { classTargets } from '../../../lab/class-targets.ts'
import { loadMnist } from '../../../lab/data/mnist.ts'
import { hasSharedData } from '../../../lab/data/shared-data.ts'

describe.skipIf(!hasSharedData('mnist'))('MNIST (skipped where ../shared/data lacks it)', () => {
  let mnist: ReturnType<typeof loadMnist>
  beforeAll(() => {
    mnist = loadMnist()
  })

  test('has the counts of its README', () => {
    const { train, test: held } = mnist
    expect([train.count, held.count]).toEqual([60_000, 10_000])
    expect(train.features).toHaveLength(60_000 * 784)
    expect(new Set(train.writers).size).toBe(539)
    expect(new Set(held.writers).size).toBe(297)
  })

  test('no writer is in both parts', () => {
    const known = new Set(mnist.train.writers)
    expect(mnist.test.writers.filter((writer) => known.has(writer))).toHaveLength(0)
  })

  test('starts with the five of writer 2154, a student', () => {
    const { train } = mnist
    expect([classTargets(train).labels[0], train.writers[0], train.series[0]]).toEqual([5, 2154, 4])
    expect(train.features.subarray(0, 784).some((pixel) => pixel > 200)).toBe(true)
  })
})
