import { execFile } from 'node:child_process'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { CoalitionFigures } from '../packages/engine/test/stock/measure-coalitions.ts'
import type { BenchRow } from './rows.ts'

const MEASURE = fileURLToPath(
  new URL('../packages/engine/test/stock/measure-coalitions.ts', import.meta.url),
)
/** Stock tfjs-wasm, which sets each averaged model and runs it on one thread; our evaluator as it is by default. */
const WAYS = ['plain', 'ours'] as const
/** Each turn measures both ways once, so that a busy machine slows both alike. */
const TURNS = 3
/** Evaluations of one turn; as many go before them. Kernels reach their speed after some hundred calls on every thread, as in a round. */
const CASES = [
  { name: '2nn', evaluations: 500 },
  { name: 'cnn', evaluations: 2 },
] as const

type Way = (typeof WAYS)[number]

/**
 * Evaluations per second of models of coalitions of ten silos on 2,000 images, for 2NN and the CNN of McMahan et al. 2017, and the time of
 * exact values: medians over processes in turns. Seconds are on the clock; the ratio of processor time is what one core would give.
 */
export async function run(): Promise<readonly BenchRow[]> {
  const rows: BenchRow[] = []
  for (const { name, evaluations } of CASES) {
    const figures: Record<Way, CoalitionFigures[]> = { plain: [], ours: [] }
    for (let turn = 0; turn < TURNS; turn++)
      for (const way of WAYS) figures[way].push(await measure(way, name, String(evaluations)))
    rows.push(...rowsOf(name, figures))
  }
  const exact: CoalitionFigures[] = []
  for (let turn = 0; turn < TURNS; turn++) exact.push(await measure('exact'))
  rows.push(
    row('2nn-exact-10', 'seconds', { value: medianOf(exact, 'wall'), unit: 's' }),
    row('2nn-exact-10', 'cpu_seconds', { value: medianOf(exact, 'cpu'), unit: 's' }),
  )
  return rows
}

function rowsOf(
  name: string,
  { plain, ours }: Readonly<Record<Way, readonly CoalitionFigures[]>>,
): BenchRow[] {
  const rate = (figures: readonly CoalitionFigures[]) => 1 / medianOf(figures, 'wall')
  const cpu = medianOf(plain, 'cpu') / medianOf(ours, 'cpu')
  return [
    row(name, 'evals_per_s', { value: rate(ours), unit: '1/s' }),
    row(name, 'plain_evals_per_s', { value: rate(plain), unit: '1/s' }),
    row(name, 'ratio_vs_plain', { value: rate(ours) / rate(plain), unit: 'x' }),
    row(name, 'cpu_ratio_vs_plain', { value: cpu, unit: 'x' }),
  ]
}

function row(name: string, metric: string, figure: Pick<BenchRow, 'value' | 'unit'>): BenchRow {
  return { case: name, metric, value: Number(figure.value.toPrecision(3)), unit: figure.unit }
}

async function measure(...parameters: readonly string[]): Promise<CoalitionFigures> {
  const { stdout } = await promisify(execFile)(process.execPath, [MEASURE, ...parameters])
  // Our own child: one object of figures.
  return JSON.parse(stdout) as CoalitionFigures
}

function medianOf(figures: readonly CoalitionFigures[], key: keyof CoalitionFigures): number {
  const sorted = figures.map((figure) => figure[key]).toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
