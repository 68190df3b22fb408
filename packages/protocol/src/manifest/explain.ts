import { printable } from '../printable.ts'
import { explainMethods, explainUpdate } from './explain-methods.ts'
import { explainTerms } from './explain-terms.ts'
import { classesOf, featureShapeOf } from './feature-shape.ts'
import { duration, groupThousands, percent, shareOfAmount } from './numbers-text.ts'
import { countWeights } from './topology.ts'
import type { ChainManifest, Manifest, MemberManifest } from './types.ts'
import { planWarnings } from './warnings.ts'

const MAX_CLASSES_SHOWN = 4

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
  }
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
    { label: 'Training', text: explainTraining(manifest) },
    { label: 'Leaves here each round', text: explainLeaving(manifest, data?.usable) },
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
  const warnings = planWarnings(manifest, data?.usable)
  lines.push(...warnings.map(({ text }) => ({ label: 'Beware', text })))
  return lines.map(({ label, text }) => ({ label, text: printable(text) }))
}

function explainTask({ data }: Manifest): string {
  const classes = classesOf(data)
  const shown =
    classes.length <= MAX_CLASSES_SHOWN ? classes.join('/') : `${classes.length} classes`
  return data.kind === 'table'
    ? `predict ${data.label.column} (${shown}) from ${data.columns.length} columns`
    : `predict the class (${shown}) of arrays of ${data.shape.join(' x ')}`
}

function explainModel({ model, data }: Manifest): string {
  const dense = model.layers.flatMap((layer) =>
    layer.className === 'Dense' ? [layer.config.units] : [],
  )
  const hidden = dense.slice(0, -1)
  const weights = groupThousands(countWeights(model, featureShapeOf(data)))
  const kind =
    hidden.length === 0
      ? 'logistic regression'
      : `fully connected, hidden layers of ${hidden.join(' and ')}`
  return `${kind}, ${weights} weights; no code is run from the network`
}

function explainTraining({ training }: Manifest): string {
  const { epochs, batchSize, learningRate, clipNorm } = training
  const clip = clipNorm === undefined ? '' : `, gradients clipped to norm ${clipNorm}`
  const passes = epochs === 1 ? '1 pass' : `${epochs} passes`
  return `${passes} over your rows a round, batches of ${batchSize}, step ${learningRate}${clip}`
}

function explainLeaving({ model, data, compression }: Manifest, rows: number | undefined): string {
  const update = explainUpdate(countWeights(model, featureShapeOf(data)), compression)
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
