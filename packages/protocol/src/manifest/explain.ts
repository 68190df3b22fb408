import { printable } from '../printable.ts'
import { explainAdaptation } from './explain-adaptation.ts'
import { explainEvaluation } from './explain-evaluation.ts'
import { explainMethods, explainUpdate } from './explain-methods.ts'
import { explainStatistics } from './explain-statistics.ts'
import { explainModel, explainTask } from './explain-task.ts'
import { explainTerms } from './explain-terms.ts'
import { countShared } from './layer-parts.ts'
import { duration, groupThousands, percent, shareOfAmount } from './numbers-text.ts'
import type { OwnRows } from './plan-warning.ts'
import type { ChainManifest, Manifest, MemberManifest } from './types.ts'
import { planWarnings } from './warnings.ts'

/** One fact of a manifest: label and text, one line each, safe for a terminal (T23). */
export type ExplainedLine = { readonly label: string; readonly text: string }

/** What the reader knows beyond the manifest. */
export type ExplainContext = {
  /** Symbol of the reward currency; default "CUR". */
  readonly currency?: string
  /** The silo's own file. */
  readonly data?: {
    readonly file: string
    readonly rows: number
    readonly usable: number
  } & Pick<OwnRows, 'columns' | 'labels'>
}

/** A manifest in plain words: what a silo's administrator reads before consenting (`fednode join`). */
export function explainManifest(
  manifest: Manifest,
  context: ExplainContext = {},
): readonly ExplainedLine[] {
  const { data, currency = 'CUR' } = context
  const lines: ExplainedLine[] = [
    { label: 'Task', text: explainTask(manifest) },
    { label: 'Model', text: explainModel(manifest) },
    ...explainAdaptation(manifest),
    { label: 'Training', text: explainTraining(manifest) },
    { label: 'Leaves here each round', text: explainLeaving(manifest, data?.usable) },
    ...explainEvaluation(manifest),
    ...explainStatistics(manifest),
    { label: 'Never leaves', text: 'rows, identifiers, predictions' },
    { label: 'Rounds', text: explainRounds(manifest) },
    ...explainSample(manifest),
    ...explainStragglers(manifest),
    ...explainMethods(manifest),
    ...(manifest.chain === 'none'
      ? explainMembers(manifest)
      : [
          { label: 'Reward', text: explainReward(manifest, currency) },
          ...explainTerms(manifest, currency),
        ]),
    {
      label: 'Privacy',
      text: `no noise added (epsilon: none); your updates are read by ${readers(manifest)}`,
    },
  ]
  if (data !== undefined) lines.push({ label: 'Your data', text: explainData(manifest, data) })
  const own = data === undefined ? undefined : { ...data, used: data.usable }
  const warnings = planWarnings(manifest, own)
  lines.push(...warnings.map(({ text }) => ({ label: 'Beware', text })))
  return lines.map(({ label, text }) => ({ label, text: printable(text) }))
}

function explainTraining({ training }: Manifest): string {
  const { epochs, steps, batchSize, learningRate, clipNorm, optimizer, earlyStop } = training
  const passes = epochs === 1 ? '1 pass' : `${epochs} passes`
  const length =
    steps === undefined
      ? `${passes} over your rows a round, batches of ${batchSize}`
      : `${groupThousands(steps)} batches of ${batchSize} of your rows a round`
  const rate = `${optimizer === 'sgd' ? '' : `${optimizer}, `}step ${learningRate}${explainSchedule(training.schedule)}`
  const clip = clipNorm === undefined ? '' : `, gradients clipped to norm ${clipNorm}`
  const early =
    earlyStop === undefined
      ? ''
      : `, stops early on ${percent(earlyStop.share)} of your rows that are held back`
  return `${length}, ${rate}${clip}${early}`
}

function explainSchedule(schedule: Manifest['training']['schedule']): string {
  if (schedule === undefined) return ''
  return schedule.kind === 'cosine'
    ? ` falling to ${percent(schedule.least)} of it in the last round`
    : ` times ${schedule.factor} every ${schedule.rounds} rounds`
}

function explainLeaving(manifest: Manifest, rows: number | undefined): string {
  const update = explainUpdate(countShared(manifest), manifest.compression)
  const count = rows === undefined ? 'row count' : `row count ${groupThousands(rows)}`
  return `${update}, ${count}, local loss, training time`
}

function readers({ contribution }: Manifest): string {
  const verifiers = contribution.verifiers?.length ?? 0
  if (verifiers === 0) return 'the federator only'
  return `the federator and ${verifiers} ${verifiers === 1 ? 'verifier' : 'verifiers'}`
}

function explainRounds({ rounds }: Manifest): string {
  const { count, deadlineSeconds, minSilos, maxSilos } = rounds
  const silos = minSilos === maxSilos ? `${minSilos}` : `${minSilos} to ${maxSilos}`
  return `${groupThousands(count)}, at most ${duration(deadlineSeconds)} each, ${silos} silos; you may leave at any time`
}

function explainSample({ rounds: { sampleShare, minSilos } }: Manifest): ExplainedLine[] {
  if (sampleShare === undefined) return []
  const text = `${percent(sampleShare)} of the silos are drawn for each round, at least ${minSilos}; the others wait, send nothing and are not paid for it; anybody can check the draw afterwards`
  return [{ label: 'Draw', text }]
}

function explainStragglers({ rounds: { targetShare } }: Manifest): ExplainedLine[] {
  if (targetShare === undefined) return []
  const text = `once ${percent(targetShare)} of the updates are in, a round waits no longer than 1.5 times what updates usually take; who is later is told so and not paid for the round`
  return [{ label: 'Stragglers', text }]
}

function explainMembers({ members }: MemberManifest): ExplainedLine[] {
  const names = members.silos.map(({ name }) => name).join(', ')
  return [
    { label: 'Reward', text: 'none: contributions are measured, nothing is anchored or paid' },
    { label: 'Members', text: `${names}; aggregator ${members.aggregator}` },
  ]
}

function explainReward({ reward, market }: ChainManifest, currency: string): string {
  const { perRound, streamSeconds } = reward
  const own = groupThousands(shareOfAmount(market.tokensPerSilo, market.siloBps))
  const pot = `${groupThousands(perRound)} ${currency} a round, shared by measured contribution`
  return `${pot}, paid over ${duration(streamSeconds)} to whoever holds your tokens; you receive ${own} of them`
}

function explainData(
  { data }: Manifest,
  { file, rows, usable }: NonNullable<ExplainContext['data']>,
): string {
  const left = rows - usable
  if (left === 0) return `${file}, ${groupThousands(rows)} rows, all usable`
  const policy = data.kind === 'table' ? ` (policy: ${data.missingRows})` : ''
  return `${file}, ${groupThousands(rows)} rows: ${groupThousands(usable)} usable, ${groupThousands(left)} with missing values left out${policy}`
}
