import {
  explainManifest,
  METRIC_NAMES,
  type MetricName,
  planWarnings,
  type TaskName,
} from '@fednode/protocol'
import { metricLabel } from '../../framework/metric-label.ts'
import { countText, percentText } from '../../framework/number-text.ts'
import type { CardFacts } from './card-facts.ts'
import { describeData } from './describe-data.ts'
import { describeSiloMetrics } from './describe-silo-metrics.ts'
import { describeUse } from './describe-use.ts'
import { markdownTable, markdownText } from './markdown.ts'

const DECIMALS = 4
/** Lines of the explained plan that have sections of their own. */
const ELSEWHERE: ReadonlySet<string> = new Set(['Task', 'Beware'])

/** What a row gets from a model. */
const OUTPUTS: Readonly<Record<TaskName, string>> = {
  classification: 'a probability for each class',
  regression: "the label's value, in its own unit",
  survival: 'a log-risk: higher means that the event is expected sooner',
  anomaly: 'how far the row lies from what the model reconstructs: higher is more unusual',
}

/** A model card (Mitchell et al. 2019, arXiv 1810.03993) in Markdown. Everything that others wrote is escaped. */
export function cardText(facts: CardFacts): string {
  const { manifest } = facts.found
  return [
    `# Model card: ${markdownText(manifest.name)}`,
    ...(manifest.description === '' ? [] : [markdownText(manifest.description)]),
    originTable(facts),
    '## What it predicts',
    `${taskLine(facts)} For each row it gives ${OUTPUTS[manifest.task]}.`,
    '## Data',
    ...describeData(facts.found.data),
    '## Training',
    'The plan, in the words that every silo consented to:',
    planList(facts),
    '## Rounds',
    'Measured on the rows that the federator held out.',
    roundTable(facts),
    '## Who took part',
    siloTable(facts),
    ...missingNote(facts),
    ...describeSiloMetrics(facts),
    '## Limits and warnings',
    warningList(facts),
    ...describeUse(facts),
  ].join('\n\n')
}

function originTable({ found }: CardFacts): string {
  const { manifest, manifestCid, modelCid, kept, weights } = found
  const where = manifest.chain === 'none' ? 'without a chain, known as' : 'Scenario'
  return markdownTable(
    ['', ''],
    [
      ['federation', `${where} ${kept.scenario}`],
      ['manifest', manifestCid],
      ['model', modelCid],
      ['of round', `${kept.round} of ${manifest.rounds.count}`],
      ['weights', countText(weights.values.length)],
    ],
  )
}

function taskLine({ found }: CardFacts): string {
  const text = explainManifest(found.manifest).find(({ label }) => label === 'Task')?.text ?? ''
  return `It was trained to ${markdownText(text)}.`
}

function planList({ found }: CardFacts): string {
  return explainManifest(found.manifest)
    .filter(({ label }) => !ELSEWHERE.has(label))
    .map(({ label, text }) => `- ${markdownText(label)}: ${markdownText(text)}`)
    .join('\n')
}

function roundTable({ rounds }: CardFacts): string {
  const names = METRIC_NAMES.filter((name) =>
    rounds.some(({ metrics }) => metrics[name] !== undefined),
  )
  return markdownTable(
    ['round', ...names.map(metricLabel), 'loss', 'model', 'evidence'],
    rounds.map(({ round, metrics, loss, model, evidence }) => [
      String(round),
      ...names.map((name) => metricCell(metrics, name)),
      loss.toFixed(DECIMALS),
      model,
      evidence ?? '-',
    ]),
  )
}

function metricCell(
  metrics: Readonly<Partial<Record<MetricName, number>>>,
  name: MetricName,
): string {
  return metrics[name]?.toFixed(DECIMALS) ?? '-'
}

function siloTable({ silos, found }: CardFacts): string {
  return markdownTable(
    [
      'silo',
      'rounds',
      'rows it stated',
      `contribution (${found.manifest.contribution.utility})`,
      'mean share',
    ],
    silos.map(({ silo, rounds, samples, total }) => [
      silo,
      String(rounds),
      countText(samples),
      contributionText(total),
      percentText(total.share),
    ]),
  )
}

function contributionText({
  value,
  standardError,
}: {
  readonly value: number
  readonly standardError: number
}): string {
  const error = standardError > 0 ? ` ± ${standardError.toFixed(DECIMALS)}` : ''
  return `${value.toFixed(DECIMALS)}${error}`
}

function missingNote({ withoutEvidence }: CardFacts): readonly string[] {
  if (withoutEvidence.length === 0) return []
  return [
    `The evidence of these rounds is not here, and missing above: ${withoutEvidence.join(', ')}.`,
  ]
}

function warningList({ found }: CardFacts): string {
  const fixed = [
    'the metrics are those of the federator’s held-out rows; rows from elsewhere may be harder',
    'nothing here says whether the model is fit to decide about people: that is for those who use it',
  ]
  const texts = [...planWarnings(found.manifest).map(({ text }) => text), ...fixed]
  return texts.map((text) => `- ${markdownText(text)}`).join('\n')
}
