import { expect, test } from 'vitest'
import { createOffsetWatch } from '../../../src/runtime/offset-watch.ts'

test('warns once of what is beyond the limit, either way, and again only after it was within', () => {
  const warned: number[] = []
  const watch = createOffsetWatch(30_000, (secondsAhead) => warned.push(secondsAhead))
  for (const offsetMs of [0, 30_000, 30_001, 90_000, -30_000, -90_000, -90_000]) watch(offsetMs)
  expect(warned).toEqual([30, -90])
})
