/**
 * `pnpm test:fuzz [--only NAME]… [--runs N] [--seed N]`: feeds hostile inputs to every parser of something that comes from outside; ends
 * with 1 when one of them crashed, hung or took more memory than it may.
 */
import process from 'node:process'
import { parseArgs } from 'node:util'
import { DEFAULT_RUNS, type FuzzReport, fuzz } from './fuzz.ts'
import { FUZZ_TARGETS } from './fuzz-targets.ts'

const DEFAULT_SEED = '20261121'
/** Longer than any input takes, many times over: what takes so long grows with something that the sender chose. */
const HANG_MS = 2_000

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: [] },
    runs: { type: 'string' },
    seed: { type: 'string', default: DEFAULT_SEED },
  },
})
const reports: FuzzReport[] = []
for (const target of FUZZ_TARGETS) {
  if (values.only.length > 0 && !values.only.includes(target.name)) continue
  const runs = Number(values.runs ?? target.runs ?? DEFAULT_RUNS)
  const report = await fuzz(target, { runs, seed: Number(values.seed), hangMs: HANG_MS })
  reports.push(report)
  process.stdout.write(describe(report))
}
const inputs = reports.reduce((sum, report) => sum + report.inputs, 0)
const faults = reports.filter(({ fault }) => fault !== undefined).length
process.stdout.write(`${reports.length} parsers, ${inputs} inputs, ${faults} failed\n`)
if (faults > 0 || reports.length === 0) process.exitCode = 1

function describe({ name, inputs: count, taken, refused, fault }: FuzzReport): string {
  const figures = [count, taken, refused].map((figure) => String(figure).padStart(7)).join('  ')
  const line = `${name.padEnd(28)}  ${figures}  ${fault === undefined ? 'ok' : 'FAILED'}\n`
  return fault === undefined ? line : `${line}  ${fault}\n`
}
