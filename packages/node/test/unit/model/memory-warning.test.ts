import { expect, it } from 'vitest'
import { memoryWarning } from '../../../src/model/memory-warning.ts'
import { manifest } from '../silo/harness.ts'

const RULES = {
  privacy: { ...manifest.privacy, minimumRows: 50 },
  rounds: { ...manifest.rounds, minSilos: 3 },
}

it('T39: warns whoever exports a model of more weights than rows that its plan asks for', () => {
  const warned = (weights: number) =>
    memoryWarning({ manifest: RULES, weights: { values: new Float32Array(weights) } })
  expect(warned(150)).toBeUndefined()
  expect(warned(1_510)).toMatch(/^1,510 weights, and the plan asks for 150 rows only/)
})
