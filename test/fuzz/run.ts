/**
 * `pnpm test:fuzz [--only NAME]… [--runs N] [--seed N]`: feeds hostile inputs to every parser of something that comes from outside; ends
 * with 1 when one of them crashed, hung or took more memory than it may.
 */
import process from 'node:process'
import { readOptions, wholeNumber } from '../../scripts/read-options.ts'
import { DEFAULT_RUNS, type FuzzReport, fuzz } from './fuzz.ts'
import { FUZZ_TARGETS } from './fuzz-targets.ts'

const DEFAULT_SEED = '20261121'
/** Longer than any input takes, many times over: what takes so long grows with something that the sender chose. */
const HANG_MS = 2_000

await main()

async function main(): Promise<void> {
  const values = readOptions('test:fuzz [--only NAME]… [--runs N] [--seed N]', {
    only: { type: 'string', multiple: true, default: [] },
    runs: { type: 'string' },
    seed: { type: 'string', default: DEFAULT_SEED },
  })
  if (values === undefined) return
  const seed = wholeNumber('seed', values.seed)
  const runs = values.runs === undefined ? 0 : wholeNumber('runs', values.runs)
  if (seed !== undefined && runs !== undefined) await fuzzAll({ only: values.only, runs, seed })
}

/** @param options.runs - inputs for each parser; 0: as many as the parser's own number says. */
async function fuzzAll(options: {
  readonly only: readonly string[]
  readonly runs: number
  readonly seed: number
}): Promise<void> {
  const { only, runs, seed } = options
  const reports: FuzzReport[] = []
  for (const target of FUZZ_TARGETS) {
    if (only.length > 0 && !only.includes(target.name)) continue
    const count = runs || target.runs || DEFAULT_RUNS
    const report = await fuzz(target, { runs: count, seed, hangMs: HANG_MS })
    reports.push(report)
    process.stdout.write(describe(report))
  }
  const inputs = reports.reduce((sum, report) => sum + report.inputs, 0)
  const faults = reports.filter(({ fault }) => fault !== undefined).length
  process.stdout.write(`${reports.length} parsers, ${inputs} inputs, ${faults} failed\n`)
  if (faults > 0 || reports.length === 0) process.exitCode = 1
}

function describe({ name, inputs: count, taken, refused, fault }: FuzzReport): string {
  const figures = [count, taken, refused].map((figure) => String(figure).padStart(7)).join('  ')
  const line = `${name.padEnd(28)}  ${figures}  ${fault === undefined ? 'ok' : 'FAILED'}\n`
  return fault === undefined ? line : `${line}  ${fault}\n`
}
