import type { EstimatorName } from '../../packages/protocol/src/index.ts'
import type { BenchRow } from '../rows.ts'
import type { Measurement, Study } from './measure-study.ts'
import { ESTIMATORS, SEEDS, SPLITS, type SplitName, STRATEGIES } from './study.ts'
import { agreeWithSizes, mean, type Spread, spreadOf } from './summaries.ts'

/**
 * Per split: how much pay depends on the strategy, beside how much it depends on chance (seeds of the training) under one strategy; and
 * per strategy how near it is to the parts of the rows. All means over the seeds.
 */
export function rowsOfStudy(study: Study): readonly BenchRow[] {
  const splits = Object.keys(SPLITS) as SplitName[]
  return [
    ...splits.flatMap((split) => ESTIMATORS.flatMap((name) => spreadRows(study, split, name))),
    ...splits.flatMap((split) => STRATEGIES.flatMap(({ name }) => accuracyRow(study, split, name))),
    ...splits.flatMap((split) => agreementRows(study, split)),
  ]
}

function spreadRows(
  { measurements }: Study,
  split: SplitName,
  estimator: EstimatorName,
): BenchRow[] {
  const own = measurements.filter((measurement) => measurement.split === split)
  const spreads = (groups: readonly (readonly Measurement[])[]): readonly Spread[] =>
    groups.map((group) => spreadOf(group.map(({ shares }) => shares.get(estimator) ?? [])))
  const strategies = spreads(SEEDS.map((seed) => own.filter((one) => one.seed === seed)))
  const chance = spreads(STRATEGIES.map(({ name }) => own.filter((one) => one.strategy === name)))
  const label = `${split}/${estimator}`
  return [
    ['spread_over_strategies', mean(strategies.map(({ deviation }) => deviation))],
    ['spread_over_seeds', mean(chance.map(({ deviation }) => deviation))],
    ['largest_range_over_strategies', mean(strategies.map(({ range }) => range))],
    ['spearman_between_strategies', mean(strategies.map(({ spearman }) => spearman))],
    ['spearman_between_seeds', mean(chance.map(({ spearman }) => spearman))],
  ].map(([metric, value]) => rowOf(label, String(metric), Number(value)))
}

function accuracyRow({ measurements }: Study, split: SplitName, strategy: string): BenchRow[] {
  const own = measurements.filter((one) => one.split === split && one.strategy === strategy)
  return [rowOf(`${split}/${strategy}`, 'accuracy', mean(own.map(({ accuracy }) => accuracy)))]
}

function agreementRows({ measurements, sizes }: Study, split: SplitName): readonly BenchRow[] {
  return STRATEGIES.flatMap(({ name: strategy }) =>
    ESTIMATORS.flatMap((estimator) => {
      const own = measurements
        .filter((one) => one.split === split && one.strategy === strategy)
        .map(({ shares }) => agreeWithSizes(shares.get(estimator) ?? [], sizes))
      const label = `${split}/${strategy}/${estimator}`
      return [
        rowOf(label, 'l2_to_size_share', mean(own.map(({ l2 }) => l2))),
        rowOf(label, 'spearman_to_size', mean(own.map(({ spearman }) => spearman))),
        rowOf(label, 'kendall_to_size', mean(own.map(({ kendall }) => kendall))),
      ]
    }),
  )
}

function rowOf(label: string, metric: string, value: number): BenchRow {
  return { case: label, metric, value, unit: '' }
}
