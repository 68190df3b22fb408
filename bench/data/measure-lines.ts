import { createReadStream } from 'node:fs'
import process from 'node:process'
import { createInterface } from 'node:readline'
import { reportMeasured } from './report-measured.ts'

const started = performance.now()
const sums = new Float64Array(8)
let rows = -1
for await (const line of createInterface({ input: createReadStream(process.argv[2] ?? '') })) {
  rows++
  if (rows === 0) continue
  const cells = line.split(',')
  for (let i = 0; i < sums.length; i++) sums[i] = (sums[i] ?? 0) + Number(cells[i])
}
reportMeasured(rows, started)
