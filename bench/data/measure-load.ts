import process from 'node:process'
import { loadDataset } from '../../packages/engine/src/index.ts'
import { BENCH_SCHEMA } from './bench-schema.ts'
import { reportMeasured } from './report-measured.ts'

const started = performance.now()
const { report } = await loadDataset(process.argv[2] ?? '', BENCH_SCHEMA)
reportMeasured(report.used, started)
