import process from 'node:process'
import { createEngine, type Engine } from '../packages/engine/src/index.ts'
import { hasSharedData } from '../test/lab/data/shared-data.ts'
import type { Played, Reference } from './reference/reference.ts'
import { REFERENCES } from './reference/references.ts'
import { type Summary, summarise } from './reference/summary.ts'
import type { BenchRow } from './rows.ts'

const SEEDS = 5
const METRICS = ['target', 'result', 'std']
const NAME_WIDTH = 28
const WIDTH = 10
const DIGITS = 4

/** Which references are played: all that are not long, or those that `only` names, a prefix of them; from how many seeds. */
type Choice = { readonly only?: string; readonly seeds?: number; readonly long?: boolean }

/** Plays the reference federations with the product's own code; each figure is a mean over seeds. */
export async function run(choice: Choice): Promise<readonly BenchRow[]> {
  const { seeds = SEEDS } = choice
  const references = REFERENCES.filter((each) => isChosen(each, choice))
  if (references.length === 0) return refuse()
  const engine = await createEngine({ backend: 'wasm' })
  const rows: BenchRow[] = []
  try {
    for (const reference of references) {
      if (!hasSharedData(reference.data)) {
        process.stderr.write(`${reference.name}: ${reference.data} is not in ../shared/data\n`)
        continue
      }
      rows.push(...rowsOf(reference, await measure(reference, engine, seeds)))
    }
  } finally {
    engine.dispose()
  }
  return rows
}

/** One line a federation, target beside result. */
export function table(rows: readonly BenchRow[]): string {
  const cases = [...Map.groupBy(rows, (row) => row.case)]
  const head = `${['federation'.padEnd(NAME_WIDTH), ...METRICS.map((name) => name.padStart(WIDTH))].join('')}  unit\n`
  const lines = cases.map(([name, figures]) => {
    const cells = METRICS.map((metric) => {
      const value = figures.find((row) => row.metric === metric)?.value ?? Number.NaN
      return value.toPrecision(DIGITS).padStart(WIDTH)
    })
    return `${name.padEnd(NAME_WIDTH)}${cells.join('')}  ${figures[0]?.unit ?? ''}\n`
  })
  return [head, ...lines].join('')
}

function refuse(): readonly BenchRow[] {
  const names = REFERENCES.map(({ name }) => name).join(', ')
  process.stderr.write(`reference: --only is the beginning of ${names}\n`)
  process.exitCode = 2
  return []
}

function isChosen({ name, isLong }: Reference, { only, long }: Choice): boolean {
  return only === undefined ? isLong !== true || long === true : name.startsWith(only)
}

async function measure(reference: Reference, engine: Engine, seeds: number): Promise<Summary> {
  const plays: Played[] = []
  const start = performance.now()
  for (let seed = 1; seed <= seeds; seed++) {
    const play = await reference.play(engine, seed)
    process.stderr.write(`${reference.name}: seed ${seed}: ${play.result.toPrecision(DIGITS)}\n`)
    plays.push(play)
  }
  const summary = summarise(plays)
  describe(reference, { plays, summary, seconds: (performance.now() - start) / 1_000 })
  return summary
}

function describe(
  { name, unit }: Reference,
  {
    plays,
    summary,
    seconds,
  }: {
    readonly plays: readonly Played[]
    readonly summary: Summary
    readonly seconds: number
  },
): void {
  const { target, result, std, isReached } = summary
  const each = plays.map((play) => play.result.toPrecision(4)).join(' ')
  process.stderr.write(
    `${name}: target ${wordOf(target)} ${unit}, result ${result.toPrecision(4)} ± ${std.toPrecision(2)} (${each}), ${isReached ? 'reached' : 'MISSED'}, ${seconds.toFixed(0)} s\n`,
  )
}

function wordOf(target: Summary['target']): string {
  const value = target.value.toPrecision(4)
  switch (target.kind) {
    case 'least':
      return `>= ${value}`
    case 'most':
      return `<= ${value}`
    case 'near':
      return `${value} ± ${target.within}`
  }
}

function rowsOf({ name, unit }: Reference, { target, result, std }: Summary): BenchRow[] {
  return [
    { case: name, metric: 'target', value: target.value, unit },
    { case: name, metric: 'result', value: result, unit },
    { case: name, metric: 'std', value: std, unit },
  ]
}
