import { describe, expect, it } from 'vitest'
import { explainManifest } from '../../../src/manifest/explain.ts'
import type { OwnRows } from '../../../src/manifest/plan-warning.ts'
import type { Manifest } from '../../../src/manifest/types.ts'
import { planWarnings } from '../../../src/manifest/warnings.ts'
import { MANIFEST, TABLE_MANIFEST } from '../sample-manifest.ts'

const ENOUGH: OwnRows = { used: 1_000 }

/** Codes with their severities: "PLAN_FEW_ROWS warn". */
function said(manifest: Manifest, own?: OwnRows): string[] {
  return planWarnings(manifest, own).map(({ code, severity }) => `${code} ${severity}`)
}

function trained(
  training: Partial<Manifest['training']>,
  base: Manifest = TABLE_MANIFEST,
): Manifest {
  return { ...base, training: { ...base.training, ...training } }
}

describe('T37: the plan linter', () => {
  it('says nothing of plans whose updates are not known to give rows away', () => {
    expect(said(MANIFEST, ENOUGH)).toEqual([])
    expect(said(TABLE_MANIFEST, ENOUGH)).toEqual([])
    expect(said(TABLE_MANIFEST)).toEqual([])
  })

  it.each([
    [1, ['PLAN_TINY_BATCH floor']],
    [3, ['PLAN_TINY_BATCH floor']],
    [4, ['PLAN_SMALL_BATCH warn']],
    [15, ['PLAN_SMALL_BATCH warn']],
    [16, []],
  ])('judges batches of %d', (batchSize, codes) => {
    expect(said(trained({ batchSize }), ENOUGH)).toEqual(codes)
  })

  it('refuses one step over few rows and warns of one over more, whether rows or the plan make it one', () => {
    const { epochs: _, ...training } = TABLE_MANIFEST.training
    const oneBatch = { ...TABLE_MANIFEST, training: { ...training, batchSize: 64, steps: 1 } }
    expect(said(oneBatch, ENOUGH)).toEqual(['PLAN_ONE_STEP warn'])
    expect(said(oneBatch, { used: 15 })).toContain('PLAN_ONE_SMALL_STEP floor')
    expect(said(trained({ batchSize: 64, epochs: 1 }), { used: 64 })).toEqual([
      'PLAN_ONE_STEP warn',
    ])
    expect(said(trained({ batchSize: 64, epochs: 1 }), { used: 15 })).toContain(
      'PLAN_ONE_SMALL_STEP floor',
    )
    expect(said(trained({ batchSize: 64, epochs: 1 }), { used: 65 })).toEqual([])
    expect(said(trained({ batchSize: 64, epochs: 2 }), { used: 64 })).toEqual([])
  })

  it.each([1, 2])('warns of rounds of %d silos', (minSilos) => {
    const rounds = { ...TABLE_MANIFEST.rounds, minSilos }
    expect(said({ ...TABLE_MANIFEST, rounds }, ENOUGH)).toEqual(['PLAN_TINY_COHORT warn'])
  })

  it('refuses fewer than ten rows and warns of fewer than fifty, whatever the manifest allows', () => {
    const lenient = {
      ...TABLE_MANIFEST,
      privacy: { ...TABLE_MANIFEST.privacy, minimumRows: 1 },
    }
    expect(said(lenient, { used: 9 })).toEqual(['PLAN_HANDFUL_OF_ROWS floor'])
    expect(said(lenient, { used: 10 })).toEqual(['PLAN_FEW_ROWS warn'])
    expect(said(lenient, { used: 49 })).toEqual(['PLAN_FEW_ROWS warn'])
    expect(said(lenient, { used: 50 })).toEqual([])
  })

  it('refuses fewer rows than the manifest asks for, and says nothing else of them', () => {
    expect(planWarnings(TABLE_MANIFEST, { used: 9 })).toEqual([
      {
        code: 'PLAN_BELOW_MINIMUM_ROWS',
        severity: 'refuse',
        text: '9 rows, the manifest asks for at least 10',
      },
    ])
  })

  it('refuses a label that nearly names the row', () => {
    const ids = Array.from({ length: 60 }, (_, index) => ({ name: `p${index}`, count: 1 }))
    expect(said(TABLE_MANIFEST, { used: 60, labels: ids })).toEqual(['PLAN_LABEL_IS_ID floor'])
    expect(said(TABLE_MANIFEST, { used: 119, labels: ids })).toEqual(['PLAN_LABEL_IS_ID floor'])
    expect(said(TABLE_MANIFEST, { used: 120, labels: ids })).toEqual([])
    const absent = ids.map(({ name }, index) => ({ name, count: index === 0 ? 60 : 0 }))
    expect(said(TABLE_MANIFEST, { used: 60, labels: absent })).toEqual([])
  })

  it('warns of categories that fewer than five rows have, naming the column', () => {
    const column = (count: number) => ({
      name: 'blood group',
      categories: [
        { name: 'A', count: 90 },
        { name: 'AB', count },
      ],
    })
    const own = { used: 100, columns: [column(4)] }
    expect(said(TABLE_MANIFEST, own)).toEqual(['PLAN_RARE_CATEGORY warn'])
    expect(planWarnings(TABLE_MANIFEST, own)[0]?.text).toMatch(/^blood group: /)
    expect(said(TABLE_MANIFEST, { used: 100, columns: [column(5)] })).toEqual([])
    expect(said(TABLE_MANIFEST, { used: 100, columns: [column(0)] })).toEqual([])
  })

  it('warns of word vectors, which move for the words that occur only', () => {
    const embedding = {
      className: 'Embedding',
      config: { inputDim: 100, outputDim: 4 },
    } as const
    const layers = [
      embedding,
      { className: 'GlobalAveragePooling1D', config: {} } as const,
      ...TABLE_MANIFEST.model.layers,
    ]
    const model = { ...TABLE_MANIFEST.model, layers }
    expect(said({ ...TABLE_MANIFEST, model }, ENOUGH)).toEqual(['PLAN_WORDS_SHOW warn'])
  })

  it('warns of a thousand weights and more for every row', () => {
    expect(said(MANIFEST, { used: 199 })).toEqual(['PLAN_MANY_WEIGHTS warn'])
    expect(said(MANIFEST, { used: 200 })).toEqual([])
  })

  it('is read before consent, with what the own rows add', () => {
    const columns = [{ name: 'sex', categories: [{ name: 'female', count: 2 }] }]
    const data = { file: 'a.csv', rows: 100, usable: 100, columns }
    expect(explainManifest(trained({ batchSize: 2 }), { data }).slice(-2)).toEqual([
      {
        label: 'Beware',
        text: 'batch of 2 rows: updates of so few rows can reveal them; ask for 16 or more',
      },
      {
        label: 'Beware',
        text: 'sex: a category that fewer than 5 of your rows have shows what these are like',
      },
    ])
  })
})
