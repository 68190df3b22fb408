import process from 'node:process'
import type { Accuracy } from '../packages/contracts/scripts/accuracy.ts'
import { runAccuracy } from '../packages/contracts/scripts/run-accuracy.ts'
import type { BenchRow } from './rows.ts'

const POINTS = 100_000
const SEED = 0xfed0ac0n
const PROGRESS_EVERY = 20_000

/**
 * Random points of every direction through the compiled PoolMath against the exact model. `above_exact` counts payouts above the exact
 * amount and payments below it; the target is that of CONTRACTS.md 4, for the pows it is PoolMath's own margin.
 */
export async function run(): Promise<readonly BenchRow[]> {
  const { ours, peer } = await runAccuracy({ points: POINTS, seed: SEED, onProgress: show })
  const all: Accuracy = {
    direction: 'all',
    points: ours.reduce((sum, { points }) => sum + points, 0),
    aboveExact: ours.reduce((sum, { aboveExact }) => sum + aboveExact, 0),
    worstOverTarget: Math.max(...ours.map(({ worstOverTarget }) => worstOverTarget)),
  }
  const peers = peer.map((each) => ({ ...each, direction: `balancer-margin-${each.direction}` }))
  return [all, ...ours, ...peers].flatMap(rowsOf)
}

function rowsOf({ direction, points, aboveExact, worstOverTarget }: Accuracy): BenchRow[] {
  return [
    { case: direction, metric: 'points', value: points, unit: '' },
    { case: direction, metric: 'above_exact', value: aboveExact, unit: 'points' },
    { case: direction, metric: 'worst_shortfall_over_target', value: worstOverTarget, unit: '' },
  ]
}

function show(direction: string, done: number): void {
  if (done % PROGRESS_EVERY === 0) process.stderr.write(`${direction}: ${done} of ${POINTS}\n`)
}
