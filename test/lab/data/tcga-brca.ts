import { readCsv } from './read-csv.ts'

const FEATURES = 39

/** One patient: 39 features, age in years and the rest 0 or 1. */
export type CancerPatient = {
  /** 0 Northeast, 1 South, 2 West, 3 Midwest, 4 Europe, 5 Canada. */
  readonly region: number
  readonly fold: 'train' | 'test'
  readonly features: readonly number[]
  /** Whether the death was seen; otherwise `days` is how long the patient was followed. */
  readonly isObserved: boolean
  readonly days: number
}

/** The 1,088 patients of FLamby's Fed-TCGA-BRCA, by its split. Do not try to identify them. */
export function loadTcgaBrca(): readonly CancerPatient[] {
  const [, ...rows] = readCsv('tcga-brca', 'brca.csv')
  const byId = new Map(rows.map(([id = '', ...cells]) => [id, cells.map(Number)]))
  const [, ...split] = readCsv('tcga-brca', 'train_test_split.csv')
  return split.flatMap(([id = '', , place = '']) => {
    const cells = byId.get(id)
    const found = /^(train|test)_(\d)$/.exec(place)
    if (cells === undefined || found === null) return []
    return [
      {
        region: Number(found[2]),
        fold: found[1] === 'train' ? 'train' : 'test',
        features: cells.slice(0, FEATURES),
        isObserved: cells[FEATURES] === 1,
        days: cells[FEATURES + 1] ?? 0,
      } as const,
    ]
  })
}
