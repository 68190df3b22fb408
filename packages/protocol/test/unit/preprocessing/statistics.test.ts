import { describe, expect, it } from 'vitest'
import { encodeCanonical } from '../../../src/codec/canonical.ts'
import { cidOfBytes, type SiloName } from '../../../src/ids.ts'
import { checkManifest } from '../../../src/manifest/check.ts'
import type { TabularData } from '../../../src/manifest/data-types.ts'
import { decodeManifest, encodeManifest } from '../../../src/manifest/encode.ts'
import { explainManifest } from '../../../src/manifest/explain.ts'
import type { Manifest } from '../../../src/manifest/types.ts'
import { askedStatistics } from '../../../src/preprocessing/asked-columns.ts'
import { fillData } from '../../../src/preprocessing/fill-data.ts'
import {
  encodePreprocessing,
  parsePreprocessing,
  poolStatistics,
} from '../../../src/preprocessing/preprocessing.ts'
import {
  aboveFloor,
  encodeSiloStatistics,
  parseSiloStatistics,
  type SiloStatistics,
} from '../../../src/preprocessing/silo-statistics.ts'
import { TABLE, TABLE_MANIFEST } from '../sample-manifest.ts'

const SILO = 'north' as SiloName
const CID = cidOfBytes(Uint8Array.of(7))
const MANIFEST: Manifest = {
  ...TABLE_MANIFEST,
  data: {
    ...TABLE,
    columns: [
      { name: 'age', type: 'integer', min: 0, max: 120 },
      { name: 'chol', type: 'number', missing: ['?'] },
      { name: 'known', type: 'number', scale: { mean: 1, deviation: 2 } },
      { name: 'sex', type: 'category', categories: ['female', 'male'] },
    ],
    missingRows: 'impute',
  },
  preprocessing: { standardise: true, impute: true },
}
const OF = { manifest: MANIFEST, manifestCid: CID, silo: SILO }

function statistics(changes: Partial<SiloStatistics> = {}): SiloStatistics {
  return {
    manifest: CID,
    silo: SILO,
    columns: [
      { name: 'age', count: 20, mean: 50.25, squares: 300 },
      { name: 'chol', count: 10, mean: 240, squares: 1000 },
    ],
    ...changes,
  }
}

describe('statistics of a silo', () => {
  it('are asked of number columns that have no scale', () => {
    expect(askedStatistics(MANIFEST)).toEqual({
      columns: ['age', 'chol'],
      label: false,
      floor: 10,
      categories: [],
    })
    const { preprocessing: _, ...without } = MANIFEST
    expect(askedStatistics(without).columns).toEqual([])
  })

  it('are asked of a label that is a number and has no scale', () => {
    const data = { ...(MANIFEST.data as TabularData), label: { column: 'dose' } }
    expect(askedStatistics({ ...MANIFEST, data }).label).toBe(true)
    const scaled = { ...data, label: { column: 'dose', scale: { mean: 0, deviation: 1 } } }
    expect(askedStatistics({ ...MANIFEST, data: scaled }).label).toBe(false)
  })

  it('travel as canonical bytes and come back the same', () => {
    const sent = statistics({
      columns: [{ name: 'chol', count: 12, mean: 1 / 3, squares: 5e-324 }],
    })
    expect(parseSiloStatistics(encodeSiloStatistics(sent), OF)).toEqual(sent)
  })

  it('T38: leave out what fewer values than the floor are behind, the label too', () => {
    const columns = [
      { name: 'age', count: 9, mean: 50, squares: 3 },
      { name: 'chol', count: 10, mean: 240, squares: 3 },
    ]
    const label = { count: 9, mean: 1, squares: 1 }
    expect(aboveFloor({ columns, label }, 10)).toEqual({ columns: [columns[1]] })
  })

  it.each<[string, Partial<SiloStatistics>]>([
    ['of fewer than 10 values', { columns: [{ name: 'age', count: 9, mean: 1, squares: 1 }] }],
    ['other columns', { columns: [{ name: 'known', count: 10, mean: 1, squares: 1 }] }],
    ['other columns', { columns: [...statistics().columns].reverse() }],
    ['outside the range', { columns: [{ name: 'age', count: 10, mean: 121, squares: 1 }] }],
    ['negative', { columns: [{ name: 'age', count: 10, mean: 50, squares: -1 }] }],
    ['another manifest', { manifest: cidOfBytes(Uint8Array.of(8)) }],
    ['another silo', { silo: 'south' as SiloName }],
    ['of the label', { label: { count: 10, mean: 1, squares: 1 } }],
  ])('are refused: %s', (reason, changes) => {
    const bytes = encodeSiloStatistics(statistics(changes))
    expect(() => parseSiloStatistics(bytes, OF)).toThrow(reason)
  })

  it('are refused when a number is not finite or not in its shortest form', () => {
    for (const mean of ['NaN', 'Infinity', '1.0', '1e400', '']) {
      const columns = [{ name: 'age', count: 10, mean, squares: '1' }]
      const bytes = encodeCanonical({ version: 1, manifest: CID, silo: SILO, columns })
      expect(() => parseSiloStatistics(bytes, OF), mean).toThrow('columns.0.mean')
    }
    expect(() => parseSiloStatistics(Uint8Array.of(1, 2), OF)).toThrow('not the statistics')
  })
})

describe('pooled statistics', () => {
  const other = statistics({
    silo: 'south' as SiloName,
    columns: [{ name: 'age', count: 60, mean: 70, squares: 900 }],
  })

  it('are those of all rows together, without counts', () => {
    const pooled = poolStatistics(OF, [statistics(), other])
    const mean = (20 * 50.25 + 60 * 70) / 80
    const squares = 300 + 900 + 20 * (50.25 - mean) ** 2 + 60 * (70 - mean) ** 2
    expect(pooled.columns.map(({ name }) => name)).toEqual(['age', 'chol'])
    expect(pooled.columns[0]?.mean).toBeCloseTo(mean, 10)
    expect(pooled.columns[0]?.deviation).toBeCloseTo(Math.sqrt(squares / 80), 10)
    expect(pooled.columns[1]).toEqual({ name: 'chol', mean: 240, deviation: 10 })
    expect(Object.keys(pooled.columns[0] ?? {})).toEqual(['name', 'mean', 'deviation'])
  })

  it('travel and fill the schema in', () => {
    const pooled = poolStatistics(OF, [statistics(), other])
    const bytes = encodePreprocessing(pooled)
    expect(parsePreprocessing(bytes, OF)).toEqual(pooled)
    const filled = fillData(MANIFEST, pooled) as TabularData
    expect(filled.columns[0]?.scale).toEqual({
      mean: pooled.columns[0]?.mean,
      deviation: pooled.columns[0]?.deviation,
    })
    expect(filled.columns[1]?.impute).toBe(240)
    expect(filled.columns.slice(2)).toEqual((MANIFEST.data as TabularData).columns.slice(2))
    expect(checkManifest({ ...MANIFEST, data: filled })).toMatchObject({ ok: true })
  })

  it('leave a column alone of which nobody could tell, and do not stretch one of a single value', () => {
    const columns = [{ name: 'age', count: 10, mean: 40, squares: 0 }]
    const pooled = poolStatistics(OF, [statistics({ columns })])
    expect(pooled.columns).toEqual([{ name: 'age', mean: 40, deviation: 1 }])
    const filled = fillData(MANIFEST, pooled) as TabularData
    expect(filled.columns[1]).toEqual({ name: 'chol', type: 'number', missing: ['?'] })
  })

  it('fill in the scale of a label that is a number', () => {
    const data = { ...(MANIFEST.data as TabularData), label: { column: 'dose' } }
    const manifest = { ...MANIFEST, data }
    const sent = statistics({ label: { count: 10, mean: 5, squares: 40 } })
    const filled = fillData(manifest, poolStatistics({ ...OF, manifest }, [sent]))
    expect((filled as TabularData).label).toEqual({
      column: 'dose',
      scale: { mean: 5, deviation: 2 },
    })
  })

  it('are refused with columns nobody asked for or without a deviation', () => {
    const bad = [
      { manifest: CID, columns: [{ name: 'sex', mean: 0, deviation: 1 }] },
      { manifest: CID, columns: [{ name: 'age', mean: 0, deviation: 0 }] },
      { manifest: cidOfBytes(Uint8Array.of(8)), columns: [] },
    ]
    for (const one of bad) {
      expect(() => parsePreprocessing(encodePreprocessing(one), OF)).toThrow('not the statistics')
    }
  })
})

describe('preprocessing in a manifest', () => {
  it('survives bytes, and needs no impute or scale of a column', () => {
    expect(decodeManifest(encodeManifest(MANIFEST).bytes)).toEqual(MANIFEST)
  })

  it('is said before consent', () => {
    expect(explainManifest(MANIFEST)).toContainEqual({
      label: 'Leaves here once',
      text: 'count, mean and sum of squares of age, chol, each over 10 values or more; the federator reads them, everybody gets the pooled mean and deviation',
    })
  })

  it.each<[string, Partial<Manifest>]>([
    ['at least 10', { preprocessing: { standardise: true, impute: false, minimumRows: 9 } }],
    ['standardise or impute', { preprocessing: { standardise: false, impute: false } }],
    ['missingRows', { data: { ...(MANIFEST.data as TabularData), missingRows: 'drop' } }],
    ['has no columns', { data: { kind: 'array', shape: [4], classes: ['no', 'yes'] } }],
  ])('is refused: %s', (_reason, changes) => {
    const result = checkManifest({ ...MANIFEST, ...changes })
    expect(result.ok).toBe(false)
    const paths = result.ok ? [] : result.issues.map(({ path }) => path)
    expect(paths.some((path) => path.startsWith('preprocessing'))).toBe(true)
  })
})
