import { createRandom } from '../random.ts'

/** A bounded sample of the numbers that passed, to estimate their median. */
export type NumberSample = {
  add(value: number): void
  /** undefined when nothing passed. */
  median(): number | undefined
}

const SIZE = 1_001

/** An empty sample: every number that passes has the same chance to be in it (reservoir sampling, Vitter 1985, algorithm R). */
export function createNumberSample(): NumberSample {
  const random = createRandom(1)
  const kept: number[] = []
  let seen = 0
  return {
    add(value) {
      seen++
      if (kept.length < SIZE) kept.push(value)
      else {
        const place = random.below(seen)
        if (place < SIZE) kept[place] = value
      }
    },
    median: () => kept.sort((a, b) => a - b)[kept.length >> 1],
  }
}
