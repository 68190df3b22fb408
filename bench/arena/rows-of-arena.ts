import type { TaskRound } from '../../packages/contracts/src/index.ts'
import type { BenchRow } from '../rows.ts'
import { spearman } from '../volatility/rank-correlation.ts'
import { STAKE } from './arena-scene.ts'
import type { ArenaPlayed, Standing } from './standings.ts'

const WEI = 1e18
const POINTS = 10_000

/**
 * A case as rows, means over its runs: of every member what it earned, lost and has; the poorest honest validator and the richest of the
 * others, over all runs; how far the consensus was from the true accuracy, in points; and Spearman's correlation of what nodes earned in a
 * round with the true accuracy of their models.
 */
export function rowsOfArena(name: string, played: readonly ArenaPlayed[]): readonly BenchRow[] {
  const rows: BenchRow[] = []
  const add = (metric: string, value: number, unit: string) =>
    rows.push({ case: name, metric, value, unit })
  const [first] = played
  for (const [at, member] of first?.standings.entries() ?? []) {
    const all = played.flatMap(({ standings }) => standings[at] ?? [])
    for (const metric of ['earned', 'lost', 'final'] as const) {
      add(`${member.name}_${metric}`, mean(all.map((one) => tokens(one[metric]))), 'FDN')
    }
  }
  const judges = played.flatMap(({ standings }) => standings)
  const gainsOf = (isOne: (one: Standing) => boolean): number[] =>
    judges.filter(isOne).map(({ final }) => tokens(final - STAKE))
  add('honest_min_gain', Math.min(...gainsOf(({ manner }) => manner === 'honest')), 'FDN')
  const others = gainsOf(({ manner }) => manner === 'lazy' || manner === 'random')
  if (others.length > 0) add('malicious_max_gain', Math.max(...others), 'FDN')
  const rounds = played.flatMap(({ rounds, quality }) =>
    rounds.map((round) => scoresOf(round, quality)),
  )
  add('consensus_error', mean(rounds.map(({ error }) => error)), 'points')
  add('largest_error', Math.max(...rounds.map(({ largest }) => largest)), 'points')
  add('rank_correlation', mean(rounds.map(({ correlation }) => correlation)), '')
  return rows
}

function scoresOf({ models }: TaskRound, quality: ReadonlyMap<string, number>) {
  const truth = models.map(({ model }) => (quality.get(model) ?? 0) * POINTS)
  const errors = models.map(({ consensus }, at) => Math.abs(consensus - (truth[at] ?? 0)))
  const rewards = models.map(({ reward }) => tokens(reward))
  return {
    error: mean(errors),
    largest: Math.max(...errors),
    correlation: spearman(rewards, truth),
  }
}

function tokens(wei: bigint): number {
  return Number(wei) / WEI
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
