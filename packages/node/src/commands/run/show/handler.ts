import type { RoundRecord } from '@fednode/aggregator'
import type { Outcome } from '../../../framework/command.ts'
import type { Context } from '../../../framework/context.ts'
import { headlineLabel, headlineText } from '../../../framework/headline-metric.ts'
import { metricsText } from '../../../framework/metrics-text.ts'
import { bytesText, countText, percentText } from '../../../framework/number-text.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { textTable } from '../../../framework/text-table.ts'
import { type RoundsOptions, roundsInit, selectRounds } from '../rounds.ts'
import { describeSiloRounds } from './describe-silo-rounds.ts'
import type { showOptions } from './options.ts'
import { sentBytes } from './sent-bytes.ts'
import { describeCosts, siloCosts } from './silo-costs.ts'

export function init(args: ArgsOf<typeof showOptions>, context: Context): RoundsOptions {
  return roundsInit(args, context)
}

export async function run(options: RoundsOptions): Promise<Outcome> {
  const { kept, role, rounds } = selectRounds(options)
  const { scenario, directory } = kept
  const heading = `Scenario ${scenario}\n\n`
  if (role === 'aggregator') {
    const silos = siloCosts(rounds)
    return { data: { scenario, role, rounds, silos }, text: heading + describe(rounds, options) }
  }
  const sent = await sentBytes(directory, rounds)
  const measured = rounds.map((one) => ({
    ...one,
    receivedBytes: one.base?.size ?? 0,
    sentBytes: sent.get(one.round) ?? 0,
  }))
  const data = { scenario, role, rounds: measured }
  return { data, text: heading + describeSiloRounds(measured) }
}

function describe(rounds: readonly RoundRecord[], { round }: RoundsOptions): string {
  const [only] = rounds
  return round !== undefined && only !== undefined ? describeRound(only) : describeAll(rounds)
}

/** All rounds, and what they cost each silo. */
function describeAll(rounds: readonly RoundRecord[]): string {
  const table = describeRounds(rounds)
  return rounds.length === 0 ? table : `${table}\n\n${describeCosts(siloCosts(rounds))}`
}

function describeRounds(rounds: readonly RoundRecord[]): string {
  if (rounds.length === 0) return 'no round is over yet'
  return textTable(
    [
      'round',
      headlineLabel(rounds),
      'loss',
      'updates',
      'train',
      'move',
      'aggr',
      'assess',
      'anchor',
      'gas',
      'state',
    ],
    rounds.map((record) => [
      String(record.round),
      headlineText(record.metrics),
      record.loss.toFixed(3),
      String(record.updates.length),
      ...secondsOf(record),
      countText(record.gas),
      record.state,
    ]),
    { textColumns: [10] },
  )
}

function describeRound(record: RoundRecord): string {
  const [train, move, aggregate, assess, anchor] = secondsOf(record)
  const updates = textTable(
    ['silo', 'samples', 'loss', 'train', 'size', 'counted', 'update'],
    record.updates.map(({ silo, samples, lossMicros, trainMs, update }) => [
      silo,
      countText(samples),
      (lossMicros / 1e6).toFixed(3),
      `${(trainMs / 1e3).toFixed(2)}s`,
      bytesText(update.size),
      countedText(record, silo),
      update.cid,
    ]),
    { textColumns: [0, 6] },
  )
  return [
    `round       ${record.round}, ${record.state}`,
    `metrics     ${metricsText(record)}`,
    `utility     ${record.utilityBefore.toFixed(4)} before, ${record.utilityAfter.toFixed(4)} after`,
    `seconds     train ${train}, move ${move}, aggregate ${aggregate}, assess ${assess}, anchor ${anchor}`,
    `gas         ${countText(record.gas)}`,
    `model       ${record.model.cid}`,
    `evidence    ${record.evidenceCid}`,
    '',
    updates,
    ...record.refusals.map(({ peer, code }) => `refused     ${peer}: ${code}`),
  ].join('\n')
}

/** The part of the new model that is this silo's; nothing where no model was made. */
function countedText({ contributions }: RoundRecord, name: string): string {
  const counted = contributions.find(({ silo }) => silo === name)?.counted
  return counted === undefined ? '-' : percentText(counted)
}

function secondsOf({ seconds }: RoundRecord): readonly string[] {
  const { train, transfer, aggregate, assess, anchor } = seconds
  return [train, transfer, aggregate, assess, anchor].map((value) => `${value.toFixed(2)}s`)
}
