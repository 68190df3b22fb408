/**
 * `pnpm bench <name> [--json] [--svg FILE] [--only CASE] [--seeds N] [--long]`: runs bench/<name>.ts and prints its rows as a table, or as
 * exactly one JSON document.
 */
import { readdirSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { parseArgs } from 'node:util'
import type { BenchRow } from './rows.ts'

/** `svg` is where to draw, for those that draw; `only`, `seeds` (from 1) and `long` choose what a long benchmark measures. */
type Options = {
  readonly svg?: string
  readonly only?: string
  readonly seeds?: number
  readonly long?: boolean
}

type Benchmark = {
  readonly run: (options: Options) => Promise<readonly BenchRow[]>
  /** @default one line a row */
  readonly table?: (rows: readonly BenchRow[]) => string
}

const NOT_BENCHMARKS = new Set(['run.ts', 'rows.ts'])

const names = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter(
    (entry) => entry.isFile() && entry.name.endsWith('.ts') && !NOT_BENCHMARKS.has(entry.name),
  )
  .map((entry) => path.basename(entry.name, '.ts'))

await main()

async function main(): Promise<void> {
  const { values, positionals, wrong } = readArguments()
  const [name, ...rest] = positionals
  if (wrong !== undefined || name === undefined || rest.length > 0 || !names.includes(name)) {
    const unknown =
      name === undefined ? 'name a benchmark' : `no benchmark "${positionals.join(' ')}"`
    console.error(`bench: ${wrong ?? unknown}; there are: ${names.join(', ')}`)
    process.exitCode = 2
    return
  }
  const benchmark = (await import(`./${name}.ts`)) as Benchmark
  const { json, ...options } = values
  const { run, table: print = table } = benchmark
  const rows = await run(options)
  process.stdout.write(json ? `${JSON.stringify({ name, rows })}\n` : print(rows))
}

type Arguments = {
  readonly values: Options & { readonly json: boolean }
  readonly positionals: readonly string[]
  readonly wrong?: string
}

function readArguments(): Arguments {
  try {
    const { values, positionals } = parseArgs({
      args: process.argv.slice(2).filter((argument) => argument !== '--'),
      options: {
        json: { type: 'boolean', default: false },
        svg: { type: 'string' },
        only: { type: 'string' },
        seeds: { type: 'string' },
        long: { type: 'boolean' },
      },
      allowPositionals: true,
    })
    const { seeds, ...others } = values
    if (seeds === undefined) return { values: others, positionals }
    if (!/^[1-9]\d{0,3}$/.test(seeds)) {
      return {
        values: others,
        positionals,
        wrong: `--seeds "${seeds}" is no number from 1 to 9999`,
      }
    }
    return { values: { ...others, seeds: Number(seeds) }, positionals }
  } catch (error) {
    // Its first sentence says which option; the rest is about positional arguments.
    const message = error instanceof Error ? (error.message.split('. ')[0] ?? '') : String(error)
    return { values: { json: false }, positionals: [], wrong: message }
  }
}

function table(rows: readonly BenchRow[]): string {
  const cells = rows.map(({ case: label, metric, value, unit }) => [
    label,
    metric,
    format(value),
    unit,
  ])
  const width = (column: number): number =>
    Math.max(...cells.map((row) => (row[column] ?? '').length))
  return cells
    .map(
      ([label = '', metric = '', value = '', unit = '']) =>
        `${label.padEnd(width(0))}  ${metric.padEnd(width(1))}  ${value.padStart(width(2))} ${unit}\n`,
    )
    .join('')
}

function format(value: number): string {
  return value.toLocaleString('en-US', { maximumSignificantDigits: 6 })
}
