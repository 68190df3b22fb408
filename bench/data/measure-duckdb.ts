import process from 'node:process'
import { DuckDBInstance } from '@duckdb/node-api'
import { reportMeasured } from './report-measured.ts'

const started = performance.now()
const instance = await DuckDBInstance.create(':memory:', { threads: '1' })
const connection = await instance.connect()
const sums = Array.from({ length: 8 }, (_, i) => `sum(x${i})`).join(', ')
const counts = ['region', 'grade', 'outcome'].map((name) => `count(DISTINCT ${name})`).join(', ')
const file = (process.argv[2] ?? '').replaceAll("'", "''")
const result = await connection.runAndReadAll(`SELECT count(*), ${sums}, ${counts} FROM '${file}'`)
reportMeasured(Number(result.getRows()[0]?.[0]), started)
