import { readCsv } from './read-csv.ts'

/** The four hospitals, numbered as in FLamby. */
const HOSPITALS = ['cleveland', 'hungarian', 'switzerland', 'va'] as const
/** Columns that are numbers as they stand; 2 and 6 are one-hot, 10 to 12 are dropped, 13 is the diagnosis. */
const NUMERIC = [0, 1, 3, 4, 5, 7, 8, 9]
const CHEST_PAIN = 2
const ECG = 6
const DIAGNOSIS = 13

/** One patient: FLamby's 13 features, not scaled. */
export type HeartPatient = {
  readonly hospital: (typeof HOSPITALS)[number]
  readonly fold: 'train' | 'test'
  readonly features: readonly number[]
  /** 1: disease found. */
  readonly label: number
}

/** The 740 patients of FLamby's Fed-Heart-Disease, by its recipe and its split. */
export function loadHeartDisease(): readonly HeartPatient[] {
  const patients = new Map(
    HOSPITALS.map((name) => [name as string, readCsv('heart-disease', `processed.${name}.data`)]),
  )
  const [, ...split] = readCsv('heart-disease', 'flamby-split.csv')
  return split.flatMap(([hospital = '', row = '', fold = '']) => {
    const cells = patients.get(hospital)?.[Number(row)]
    if (cells === undefined || (fold !== 'train' && fold !== 'test')) return []
    return [{ hospital: hospital as HeartPatient['hospital'], fold, ...encoded(cells) }]
  })
}

function encoded(cells: readonly string[]): Pick<HeartPatient, 'features' | 'label'> {
  const isOne = (column: number, value: number): number => (Number(cells[column]) === value ? 1 : 0)
  const features = [
    ...NUMERIC.map((column) => Number(cells[column])),
    ...[2, 3, 4].map((pain) => isOne(CHEST_PAIN, pain)),
    ...[1, 2].map((ecg) => isOne(ECG, ecg)),
  ]
  return { features, label: Number(cells[DIAGNOSIS]) > 0 ? 1 : 0 }
}
