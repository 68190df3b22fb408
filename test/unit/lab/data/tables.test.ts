import { describe, expect, test } from 'vitest'
import { loadHeartDisease } from '../../../lab/data/heart-disease.ts'
import { loadLendingClub } from '../../../lab/data/lending-club.ts'
import { hasSharedData } from '../../../lab/data/shared-data.ts'
import { loadTcgaBrca } from '../../../lab/data/tcga-brca.ts'

describe('tables (each skipped where ../shared/data lacks it)', () => {
  test.skipIf(!hasSharedData('heart-disease'))('heart disease has the rows of FLamby', () => {
    const patients = loadHeartDisease()
    const counts = Object.groupBy(patients, ({ hospital, fold }) => `${hospital} ${fold}`)
    expect(Object.entries(counts).map(([name, rows]) => [name, rows?.length])).toEqual([
      ['cleveland train', 199],
      ['cleveland test', 104],
      ['hungarian train', 172],
      ['hungarian test', 89],
      ['switzerland train', 30],
      ['switzerland test', 16],
      ['va train', 85],
      ['va test', 45],
    ])
    expect(patients.every(({ features }) => features.length === 13)).toBe(true)
    expect(patients.flatMap(({ features }) => features).every(Number.isFinite)).toBe(true)
  })

  test.skipIf(!hasSharedData('lending-club'))('Lending Club has 517 bad loans of 9,857', () => {
    const loans = loadLendingClub()
    expect([loans.length, loans.filter(({ label }) => label === 1).length]).toEqual([9_857, 517])
    expect(loans.filter(({ state }) => state === 'CA')).toHaveLength(1_324)
    expect(loans.every(({ features }) => features.length === 23)).toBe(true)
    expect(loans.flatMap(({ features }) => features).every(Number.isFinite)).toBe(true)
  })

  test.skipIf(!hasSharedData('tcga-brca'))(
    'TCGA-BRCA has the patients and events of FLamby',
    () => {
      const patients = loadTcgaBrca()
      const train = patients.filter(({ fold }) => fold === 'train')
      const regions = [0, 1, 2, 3, 4, 5].map(
        (region) => train.filter((patient) => patient.region === region).length,
      )
      expect(regions).toEqual([248, 156, 164, 129, 129, 40])
      expect(patients).toHaveLength(1_088)
      expect(patients.filter(({ isObserved }) => isObserved)).toHaveLength(151)
    },
  )
})
