/**
 * `pnpm test:faults [--json] [--only NAME]…`: does every kind of fault to real federations and prints how often each was tried, survived
 * and lost; ends with 1 when anything was lost. Linux, as root for disks and networks.
 */
import process from 'node:process'
import type { BenchRow } from '../../bench/rows.ts'
import { readOptions } from '../../scripts/read-options.ts'
import { FAULT_CASES } from './fault-cases.ts'
import type { Tally } from './harness/fault-case.ts'
import { mergeTallies } from './harness/merge-tallies.ts'

await main()

async function main(): Promise<void> {
  const values = readOptions('test:faults [--json] [--only NAME]…', {
    json: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true, default: [] },
  })
  if (values === undefined) return
  const unknown = values.only.filter((name) => !(name in FAULT_CASES))
  if (unknown.length > 0) {
    const names = Object.keys(FAULT_CASES).join(', ')
    say(`test:faults: no fault "${unknown.join(' ')}"; there are: ${names}`)
    process.exitCode = 2
    return
  }
  const tallies: Tally[] = []
  for (const [name, run] of Object.entries(FAULT_CASES)) {
    if (values.only.length > 0 && !values.only.includes(name)) continue
    say(`> ${name}`)
    const startedAt = performance.now()
    const found = await run()
    tallies.push(...found)
    for (const tally of found) say(describe(tally))
    say(`  ${((performance.now() - startedAt) / 1_000).toFixed(0)} s`)
  }
  const faults = mergeTallies(tallies)
  const rows = faults.flatMap(rowsOf)
  process.stdout.write(
    values.json ? `${JSON.stringify({ name: 'faults', rows })}\n` : table(faults),
  )
  if (tallies.some(({ tried, survived }) => tried === 0 || survived < tried)) process.exitCode = 1
}

function rowsOf({ fault, tried, survived }: Tally): readonly BenchRow[] {
  const figures = { tried, survived, lost: tried - survived }
  return Object.entries(figures).map(([metric, value]) => ({
    case: fault,
    metric,
    value,
    unit: 'times',
  }))
}

function describe({ fault, tried, survived, notes }: Tally): string {
  const lines = notes.map((note) => `    ${note}`)
  return [`  ${fault}: ${survived} of ${tried} survived`, ...lines].join('\n')
}

function table(tallies: readonly Tally[]): string {
  const cells = [
    ['fault', 'tried', 'survived', 'lost'],
    ...tallies.map(({ fault, tried, survived }) =>
      [fault, tried, survived, tried - survived].map(String),
    ),
  ]
  const width = Math.max(...cells.map(([fault = '']) => fault.length))
  const line = ([fault = '', ...figures]: readonly string[]): string =>
    `${fault.padEnd(width)}  ${figures.map((figure) => figure.padStart(8)).join('  ')}\n`
  return cells.map(line).join('')
}

/** Progress, apart from the result on stdout. */
function say(line: string): void {
  process.stderr.write(`${line}\n`)
}
