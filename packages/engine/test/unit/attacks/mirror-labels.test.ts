import { expect, it } from 'vitest'
import { mirrorLabels } from '../../../src/attacks/mirror-labels.ts'

it('makes class c of C class C - 1 - c', () => {
  const labels = Int32Array.of(0, 3, 9)
  expect(mirrorLabels(labels, 10)).toEqual(Int32Array.of(9, 6, 0))
  expect(labels).toEqual(Int32Array.of(0, 3, 9))
})
