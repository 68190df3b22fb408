import { METRIC_NAMES } from '@fednode/protocol'
import { metricLabel } from '../../framework/metric-label.ts'
import type { CardFacts } from './card-facts.ts'
import { markdownTable } from './markdown.ts'

/** How good the global model was on the rows that each silo holds back, as the silos themselves stated it. */
export function describeSiloMetrics({ silos, found }: CardFacts): readonly string[] {
  if (found.manifest.evaluation === undefined) {
    return ['No metrics per silo: the manifest asks no silo to measure (`evaluation`).']
  }
  const measured = silos.flatMap(({ silo, measured }) =>
    measured === undefined ? [] : [{ silo, ...measured }],
  )
  if (measured.length === 0) return ['No silo has stated metrics yet.']
  const names = METRIC_NAMES.filter((name) =>
    measured.some(({ metrics }) => metrics[name] !== undefined),
  )
  return [
    'Metrics per silo, measured by each on rows of its own that it never trains on, with the model that its last round began with; stated by the silo, nobody can check them:',
    markdownTable(
      ['silo', 'model of round', ...names.map(metricLabel)],
      measured.map(({ silo, round, metrics }) => [
        silo,
        round === 1 ? 'none yet, as it began' : String(round - 1),
        ...names.map((name) => metrics[name] ?? '-'),
      ]),
    ),
  ]
}
