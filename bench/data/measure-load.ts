import process from 'node:process'
import { loadDataset } from '../../packages/engine/src/index.ts'
import { reportMeasured } from './report-measured.ts'

const scale = { mean: 500, deviation: 288 }
const started = performance.now()
const { report } = await loadDataset(process.argv[2] ?? '', {
  kind: 'table',
  columns: [
    ...Array.from({ length: 8 }, (_, i) => ({
      ...{ name: `x${i}`, type: 'number' as const, min: 0, max: 1_000, scale },
    })),
    { name: 'region', type: 'category', categories: ['north', 'east', 'south'] },
    { name: 'grade', type: 'category', categories: ['a', 'b', 'c', 'd', 'e'] },
  ],
  label: { column: 'outcome', classes: ['no', 'yes'] },
  missingRows: 'refuse',
})
reportMeasured(report.used, started)
