import { checkManifest, cidOfBytes, type DataSpec } from '@fednode/protocol'
import { describe, expect, it } from 'vitest'
import { agreeOnScales } from '../../../src/plan/agree-on-scales.ts'
import { draftManifest } from '../../../src/plan/draft-manifest.ts'

const SCALE = { mean: 5, deviation: 2 }
const AGE = { name: 'age', type: 'number', min: 0, max: 120 } as const
const WARD = { name: 'ward', type: 'category', categories: ['a', 'b'] } as const
const TABLE = {
  kind: 'table',
  columns: [{ ...AGE, scale: SCALE }, WARD],
  label: { column: 'ill', classes: ['no', 'yes'] },
  missingRows: 'impute',
} as const

function draftOf(data: DataSpec, maxSilos = 4) {
  return draftManifest({
    ...{ name: 'x', data, validation: cidOfBytes(Uint8Array.of(1)), rounds: 1, seed: 1 },
    ...{ strategy: 'fedavg', estimator: 'auto', utility: 'negative-loss', hidden: [] },
    ...{ minSilos: 1, maxSilos, deadlineSeconds: 60, registrationSeconds: 60 },
    ...{ reward: '1', market: undefined },
  })
}

describe('agreeOnScales', () => {
  it('takes the scales of one file out and asks all silos for them', () => {
    const manifest = agreeOnScales(draftOf(TABLE))
    expect(manifest.data).toEqual({ ...TABLE, columns: [AGE, WARD] })
    expect(manifest.preprocessing).toEqual({ standardise: true, impute: true })
    expect(checkManifest(manifest)).toMatchObject({ ok: true })
  })

  it('asks for no stand-ins where rows with gaps are left out', () => {
    const { preprocessing } = agreeOnScales(draftOf({ ...TABLE, missingRows: 'drop' }))
    expect(preprocessing).toEqual({ standardise: true, impute: false })
  })

  it('takes that of a label that is a number, and of a series', () => {
    const label = { column: 'y', min: 0, scale: SCALE }
    const regression = agreeOnScales(draftOf({ ...TABLE, columns: [WARD], label }))
    expect(regression.data).toMatchObject({ label: { column: 'y', min: 0 } })
    expect(JSON.stringify(regression.data)).not.toContain('scale')
    const series = agreeOnScales(
      draftOf({
        ...{ kind: 'series', columns: [{ ...AGE, name: 'y', scale: SCALE }], label, time: 't' },
        ...{ stepSeconds: 60, past: 4, horizon: 1 },
      }),
    )
    expect(series).toMatchObject({ preprocessing: { standardise: true, impute: false } })
    expect(JSON.stringify(series.data)).not.toContain('scale')
    expect(checkManifest(series)).toMatchObject({ ok: true })
  })

  it('leaves alone what has nothing to agree on, and a federation of one silo', () => {
    const alone = draftOf(TABLE, 1)
    expect(agreeOnScales(alone)).toBe(alone)
    const words = draftOf({ ...TABLE, columns: [WARD], missingRows: 'drop' })
    expect(agreeOnScales(words)).toBe(words)
  })
})
