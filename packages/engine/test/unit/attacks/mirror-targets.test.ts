import { describe, expect, it } from 'vitest'
import { mirrorTargets } from '../../../src/attacks/mirror-targets.ts'
import type { Targets } from '../../../src/types.ts'

function mirrored(targets: Targets): Targets {
  const rows = { count: 3, featureShape: [1], features: new Float32Array(3), featureScale: 1 }
  return mirrorTargets({ ...rows, targets }).targets
}

describe('mirrorTargets', () => {
  it('makes class c of C class C - 1 - c', () => {
    const labels = Int32Array.of(0, 3, 9)
    expect(mirrored({ kind: 'classes', labels, classes: 10 })).toMatchObject({
      labels: Int32Array.of(9, 6, 0),
    })
    expect(labels).toEqual(Int32Array.of(0, 3, 9))
  })

  it('makes values negative and early events late', () => {
    const scale = { mean: 0, deviation: 1 }
    expect(mirrored({ kind: 'value', values: Float32Array.of(1, -2, 0.5), scale })).toMatchObject({
      values: Float32Array.of(-1, 2, -0.5),
    })
    const observed = Uint8Array.of(1, 0, 1)
    expect(mirrored({ kind: 'risk', times: Float64Array.of(2, 5, 9), observed })).toEqual({
      kind: 'risk',
      times: Float64Array.of(9, 6, 2),
      observed,
    })
  })
})
