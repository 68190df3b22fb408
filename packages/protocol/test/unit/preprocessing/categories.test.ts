import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cidOfBytes, type SiloName } from '../../../src/ids.ts'
import { checkManifest } from '../../../src/manifest/check.ts'
import type { ColumnSpec, TabularData } from '../../../src/manifest/data-types.ts'
import { decodeManifest, encodeManifest } from '../../../src/manifest/encode.ts'
import { explainManifest } from '../../../src/manifest/explain.ts'
import { featureShapeOf } from '../../../src/manifest/feature-shape.ts'
import type { Manifest } from '../../../src/manifest/types.ts'
import { planWarnings } from '../../../src/manifest/warnings.ts'
import { askedStatistics } from '../../../src/preprocessing/asked-columns.ts'
import { fillData } from '../../../src/preprocessing/fill-data.ts'
import { mergeCounts } from '../../../src/preprocessing/merge-counts.ts'
import {
  encodePreprocessing,
  parsePreprocessing,
  poolStatistics,
} from '../../../src/preprocessing/preprocessing.ts'
import { sendableCounts } from '../../../src/preprocessing/sendable-counts.ts'
import {
  encodeSiloStatistics,
  parseSiloStatistics,
} from '../../../src/preprocessing/silo-statistics.ts'
import { TABLE, TABLE_MANIFEST } from '../sample-manifest.ts'

const CID = cidOfBytes(Uint8Array.of(7))
const WARD: ColumnSpec = { name: 'ward', type: 'category', maxCategories: 2 }
const DATA: TabularData = {
  ...TABLE,
  columns: [{ name: 'age', type: 'integer', scale: { mean: 0, deviation: 1 } }, WARD],
  missingRows: 'drop',
}
const MANIFEST: Manifest = {
  ...TABLE_MANIFEST,
  data: DATA,
  preprocessing: { standardise: false, impute: false },
}
const ASKED = { name: 'ward', max: 2, floor: 10, silos: 2 }

function counted(counts: Readonly<Record<string, number>>) {
  return {
    name: 'ward',
    values: Object.entries(counts).map(([value, count]) => ({ value, count })),
  }
}

function sentBy(silo: string, counts: Readonly<Record<string, number>>) {
  const categories = [sendableCounts(counted(counts), ASKED)]
  return { manifest: CID, silo: silo as SiloName, columns: [], categories }
}

function parse(values: readonly { value: string; count: number }[], manifest = MANIFEST) {
  const silo = 'north' as SiloName
  const sent = { manifest: CID, silo, columns: [], categories: [{ name: 'ward', values }] }
  return parseSiloStatistics(encodeSiloStatistics(sent), { manifest, manifestCid: CID, silo })
}

describe('T38: the categories that a silo sends', () => {
  it('have the floor of rows behind each, and counts in steps of it', () => {
    const own = counted({ surgery: 38, rare: 9, icu: 10 })
    expect(sendableCounts(own, ASKED)).toEqual(counted({ icu: 10, surgery: 30 }))
  })

  it('are the most frequent ones, twice as many as there is room for', () => {
    const own = counted({ e: 10, d: 20, c: 30, b: 40, a: 50 })
    expect(sendableCounts(own, ASKED)).toEqual(counted({ a: 50, b: 40, c: 30, d: 20 }))
  })

  it('are lines that show as they are: others stay', () => {
    const own = counted({ 'a\u202Eb': 50, [`${'x'.repeat(129)}`]: 50, '': 50, fine: 50 })
    expect(sendableCounts(own, ASKED)).toEqual(counted({ fine: 50 }))
  })

  it('are the same when a row is added below the next step', () => {
    const before = sendableCounts(counted({ a: 30, rare: 8 }), ASKED)
    expect(sendableCounts(counted({ a: 31, rare: 9 }), ASKED)).toEqual(before)
  })

  it('are read back whatever the counts were', () => {
    const counts = fc.dictionary(fc.string({ maxLength: 8 }), fc.integer({ min: 1, max: 500 }))
    fc.assert(
      fc.property(counts, (own) => {
        const { values } = sendableCounts(counted(own), ASKED)
        expect(parse(values).categories).toEqual([{ name: 'ward', values }])
      }),
    )
  })

  it.each<[string, readonly { value: string; count: number }[]]>([
    ['no multiple of 10', [{ value: 'a', count: 15 }]],
    ['no multiple of 10', [{ value: 'a', count: 9 }]],
    [
      'ascending order',
      [
        { value: 'b', count: 10 },
        { value: 'a', count: 10 },
      ],
    ],
    [
      'each once',
      [
        { value: 'a', count: 10 },
        { value: 'a', count: 10 },
      ],
    ],
    ['too many', ['a', 'b', 'c', 'd', 'e'].map((value) => ({ value, count: 10 }))],
    ['categories.0.values.0.value', [{ value: 'a\nb', count: 10 }]],
    ['categories.0.values.0.value', [{ value: '', count: 10 }]],
  ])('are refused: %s', (reason, values) => {
    expect(() => parse(values)).toThrow(reason)
  })

  it('are refused when more rows are behind them than a silo may have', () => {
    const limits = { ...MANIFEST.limits, maxRows: 50 }
    const values = [
      { value: 'a', count: 30 },
      { value: 'b', count: 30 },
    ]
    expect(() => parse(values, { ...MANIFEST, limits })).toThrow('more than 50 rows')
    expect(parse(values).categories).toHaveLength(1)
  })

  it('are refused where nobody asked, and missed where somebody did', () => {
    const { maxCategories: _, ...fixed } = { ...WARD, categories: ['a', 'b'] }
    const data = { ...DATA, columns: [{ name: 'age', type: 'integer' as const }, fixed] }
    const unasked: Manifest = {
      ...MANIFEST,
      data,
      preprocessing: { standardise: true, impute: false },
    }
    expect(() => parse([{ value: 'a', count: 10 }], unasked)).toThrow('other columns')
    const silo = 'north' as SiloName
    const without = encodeSiloStatistics({ manifest: CID, silo, columns: [] })
    const of = { manifest: MANIFEST, manifestCid: CID, silo }
    expect(() => parseSiloStatistics(without, of)).toThrow('other columns')
  })
})

describe('categories that silos agree on', () => {
  it('are the most frequent values that two silos have, in ascending order', () => {
    const silos = [
      sentBy('north', { surgery: 100, icu: 30, alone: 400, burns: 20 }),
      sentBy('south', { surgery: 40, burns: 80, icu: 20 }),
    ]
    const pooled = poolStatistics({ manifest: MANIFEST, manifestCid: CID }, silos)
    expect(pooled.categories).toEqual([{ name: 'ward', values: ['burns', 'surgery'] }])
  })

  it('do not depend on the order of silos, nor of values that are as frequent', () => {
    const counts = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.constantFrom(10, 20, 30))
    fc.assert(
      fc.property(fc.array(counts, { maxLength: 5 }), (silos) => {
        const sent = silos.map((own) => sendableCounts(counted(own), ASKED))
        const merged = mergeCounts(sent, ASKED)
        expect(mergeCounts([...sent].reverse(), ASKED)).toEqual(merged)
        expect([...merged].sort()).toEqual(merged)
        expect(merged.length).toBeLessThanOrEqual(ASKED.max)
      }),
    )
  })

  it('travel without counts, and fill the schema in; its width was known before', () => {
    const silos = [sentBy('north', { surgery: 100 }), sentBy('south', { surgery: 40 })]
    const pooled = poolStatistics({ manifest: MANIFEST, manifestCid: CID }, silos)
    const bytes = encodePreprocessing(pooled)
    const read = parsePreprocessing(bytes, { manifest: MANIFEST, manifestCid: CID })
    expect(read).toEqual(pooled)
    expect(JSON.stringify(read.categories)).toBe('[{"name":"ward","values":["surgery"]}]')
    const filled = fillData(MANIFEST, read)
    expect((filled as TabularData).columns[1]).toEqual({ ...WARD, categories: ['surgery'] })
    expect(featureShapeOf(filled)).toEqual(featureShapeOf(DATA))
    expect(featureShapeOf(DATA)).toEqual([1 + 2 + 1])
    expect(askedStatistics({ ...MANIFEST, data: filled }).categories).toEqual([])
  })

  it.each([
    ['more categories', ['a', 'b', 'c']],
    ['ascending order', ['b', 'a']],
    ['categories.0.values.0', ['a\u0000']],
  ])('are refused: %s', (reason, values) => {
    const bytes = encodePreprocessing({
      manifest: CID,
      columns: [],
      categories: [{ name: 'ward', values }],
    })
    const of = { manifest: MANIFEST, manifestCid: CID }
    expect(() => parsePreprocessing(bytes, of)).toThrow(reason)
  })
})

describe('a column with maxCategories in a manifest', () => {
  function withWard(ward: object, changes: Partial<Manifest> = {}) {
    const data = { ...DATA, columns: [DATA.columns[0], { name: 'ward', ...ward }] }
    return checkManifest({ ...MANIFEST, data, ...changes })
  }
  const agreed = { type: 'category', maxCategories: 2 }

  it('survives bytes', () => {
    expect(decodeManifest(encodeManifest(MANIFEST).bytes)).toEqual(MANIFEST)
  })

  it.each<[string, object, Partial<Manifest>]>([
    ['data.columns.1.maxCategories', { type: 'number', maxCategories: 2 }, {}],
    ['data.columns.1.categories', { type: 'category' }, {}],
    ['data.columns.1.categories', { type: 'category', categories: ['a'] }, {}],
    ['data.columns.1.maxCategories', { ...agreed, categories: ['a', 'b', 'c'] }, {}],
    [
      'preprocessing.categories.minimumSilos',
      agreed,
      { preprocessing: { standardise: false, impute: false, categories: { minimumSilos: 99 } } },
    ],
    [
      'preprocessing.categories',
      { type: 'category', categories: ['a', 'b'] },
      { preprocessing: { standardise: true, impute: false, categories: { minimumSilos: 1 } } },
    ],
    [
      'preprocessing',
      { type: 'category', categories: ['a', 'b'] },
      { preprocessing: { standardise: false, impute: false } },
    ],
  ])('is refused at %s: %j', (path, ward, changes) => {
    const result = withWard(ward, changes)
    expect(result.ok ? [] : result.issues.map((issue) => issue.path)).toContain(path)
  })

  it('is refused without the step that finds them', () => {
    const { preprocessing: _, ...without } = MANIFEST
    const result = checkManifest(without)
    const paths = result.ok ? [] : result.issues.map((issue) => issue.path)
    expect(paths).toEqual(['data.columns.1.maxCategories'])
  })

  it('is refused when all columns together have too much room', () => {
    const columns = [1, 2].map((i) => ({ ...WARD, name: `ward${i}`, maxCategories: 600 }))
    const result = checkManifest({ ...MANIFEST, data: { ...DATA, columns } })
    expect(result.ok ? [] : result.issues.map((issue) => issue.expected)).toContain(
      'maxCategories of all columns to be at most 1000 together',
    )
  })

  it('says before consent which values leave', () => {
    expect(explainManifest(MANIFEST)).toContainEqual({
      label: 'Leaves here once',
      text: 'the values of ward that 10 rows or more have, with their number in steps of 10; the federator reads them, everybody gets the most frequent ones that 2 silos sent; all others are one category, "other"',
    })
  })

  it('T37, T38: is below a floor where rarer values leave, and warned of where one silo suffices', () => {
    const codes = (categories: object) =>
      planWarnings({
        ...MANIFEST,
        preprocessing: { standardise: false, impute: false, categories },
      }).map(({ code, severity }) => `${severity} ${code}`)
    expect(codes({ minimumRows: 9 })).toContain('floor PLAN_RARE_VALUES')
    expect(codes({ minimumSilos: 1 })).toContain('warn PLAN_OWN_VALUES')
    const usual = codes({}).join()
    expect(usual).not.toContain('VALUES')
  })
})
