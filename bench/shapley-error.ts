import { createHash } from 'node:crypto'
import process from 'node:process'
import { estimate, exactShapley } from '../packages/aggregator/src/index.ts'
import { createEngine, type Engine } from '../packages/engine/src/index.ts'
import type { EstimatorName } from '../packages/protocol/src/index.ts'
import { hasSharedData, type SharedDataName } from '../test/lab/data/shared-data.ts'
import type { Federation } from './federations/federation.ts'
import { heartDisease } from './federations/heart-disease.ts'
import { lendingClub } from './federations/lending-club.ts'
import { mnist } from './federations/mnist.ts'
import { tcgaBrca } from './federations/tcga-brca.ts'
import type { BenchRow } from './rows.ts'

const REPEATS = 60
/** Distinct evaluations per silo. */
const BUDGETS = [4, 8, 16]
const SAMPLING: readonly EstimatorName[] = [
  'permutation',
  'antithetic',
  'tmc',
  'gtg',
  'svarm',
  'kernelshap',
  'leverageshap',
  'centered-regression',
]
/** They draw nothing: one row each, with what they evaluate. */
const FIXED: readonly (readonly [EstimatorName, string])[] = [
  ['leave-one-out', 'n+1'],
  ['own-utility', 'n+1'],
  ['equal', '2'],
  ['samples', '2'],
]

type Source = { readonly data: SharedDataName; load(engine: Engine): Promise<Federation[]> }

const SOURCES: readonly Source[] = [
  { data: 'mnist', load: mnist },
  { data: 'heart-disease', load: heartDisease },
  { data: 'lending-club', load: lendingClub },
  { data: 'tcga-brca', load: tcgaBrca },
]

/**
 * Squared error over the squared norm of the exact values, mean of repeats with other seeds, on federations of twelve silos whose every
 * coalition was evaluated.
 */
export async function run(): Promise<readonly BenchRow[]> {
  const engine = await createEngine({ backend: 'wasm' })
  const rows: BenchRow[] = []
  try {
    for (const { data, load } of SOURCES) {
      if (!hasSharedData(data)) {
        process.stderr.write(`${data} is not in ../shared/data: its rows are skipped\n`)
        continue
      }
      for (const federation of await load(engine)) rows.push(...(await measure(federation)))
    }
  } finally {
    engine.dispose()
  }
  return rows
}

async function measure(federation: Federation): Promise<BenchRow[]> {
  const { name, players, utilities } = federation
  const exact = exactShapley(players, utilities)
  describeGame(federation, exact)
  const rows: BenchRow[] = []
  for (const [estimator, budget] of FIXED)
    rows.push(
      row(`${name}/${estimator}/${budget}`, await errorOf(federation, { estimator, exact })),
    )
  for (const estimator of SAMPLING)
    for (const each of BUDGETS) {
      const error = await errorOf(federation, { estimator, exact, evaluations: each * players })
      rows.push(row(`${name}/${estimator}/${each}n`, error))
    }
  return rows
}

async function errorOf(
  { players, samples, utilities }: Federation,
  run: {
    readonly estimator: EstimatorName
    readonly exact: Float64Array
    readonly evaluations?: number
  },
): Promise<number> {
  const { estimator, exact, evaluations } = run
  const game = {
    players,
    utilities: async (coalitions: readonly bigint[]) =>
      coalitions.map((coalition) => utilities[Number(coalition)] ?? Number.NaN),
  }
  let error = 0
  const repeats = evaluations === undefined ? 1 : REPEATS
  for (let repeat = 0; repeat < repeats; repeat++) {
    const { values } = await estimate(estimator, game, {
      ...(evaluations === undefined ? {} : { budget: { evaluations } }),
      seed: createHash('sha256').update(`shapley-error ${repeat}`).digest(),
      samples,
      elapsed: () => 0,
    })
    error += squaredNorm(values.map((value, i) => value - (exact[i] ?? 0))) / repeats
  }
  return error / squaredNorm(exact)
}

function squaredNorm(values: ArrayLike<number>): number {
  return Array.from(values).reduce((sum, value) => sum + value * value, 0)
}

function row(label: string, value: number): BenchRow {
  return { case: label, metric: 'relative_squared_error', value, unit: '' }
}

function describeGame({ name, utilities }: Federation, exact: Float64Array): void {
  const [before = 0, after = 0] = [utilities[0], utilities.at(-1)]
  const values = Array.from(exact, (value) => value.toPrecision(3)).join(' ')
  process.stderr.write(
    `${name}: utility ${before.toFixed(4)} before, ${after.toFixed(4)} after; exact values ${values}\n`,
  )
}
