import type { ColumnSpec, TabularData } from '../../packages/protocol/src/index.ts'
import { type HeartPatient, loadHeartDisease } from '../../test/lab/data/heart-disease.ts'
import { toCsv } from '../../test/lab/data/write-csv.ts'

const FEATURES = [
  'age',
  'sex',
  'trestbps',
  'chol',
  'fbs',
  'thalach',
  'exang',
  'oldpeak',
  'cp=2',
  'cp=3',
  'cp=4',
  'restecg=1',
  'restecg=2',
]
const LABEL = 'disease'

/** FLamby's 13 features, not scaled. */
export const HEART_DATA: TabularData = {
  kind: 'table',
  columns: FEATURES.map((name): ColumnSpec => ({ name, type: 'number' })),
  label: { column: LABEL, classes: ['0', '1'] },
  missingRows: 'refuse',
}

/** FLamby's patients by fold and hospital. */
export function heartPatients(fold: HeartPatient['fold']): readonly (readonly HeartPatient[])[] {
  const patients = loadHeartDisease().filter((patient) => patient.fold === fold)
  return [...Map.groupBy(patients, ({ hospital }) => hospital).values()]
}

/** Patients as a table of HEART_DATA. */
export function heartTable(patients: readonly HeartPatient[]): string {
  return toCsv(
    [...FEATURES, LABEL],
    patients.map(({ features, label }) => [...features, label]),
  )
}
