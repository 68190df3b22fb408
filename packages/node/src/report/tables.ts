import { METRIC_NAMES, type MetricName } from '@fednode/protocol'
import { metricLabel } from '../framework/metric-label.ts'
import {
  amountText,
  bytesText,
  changeText,
  countText,
  percentText,
  valueText,
} from '../framework/number-text.ts'
import type { PricePoint, SiloOutcome, StreamPoint, Trade, UpResult } from '../local/up-result.ts'
import { PHASES } from './charts/time-chart.ts'
import { html, type Markup } from './markup.ts'
import { ROUND, type RoundRow } from './round-column.ts'
import { type Column, dataTable } from './table.ts'
import { utilityText } from './utility-text.ts'

/** Metrics, loss and utility of every round. */
export function metricTable(result: UpResult): Markup {
  return dataTable(
    `Utility is the ${utilityText(result)}; its change is what the silos share in.`,
    [
      ROUND,
      ...metricNames(result).map((name) => ({
        heading: metricLabel(name),
        cell: (record: RoundRow) => record.metrics[name]?.toFixed(4) ?? '-',
      })),
      { heading: 'loss', cell: (record) => record.loss.toFixed(4) },
      { heading: 'utility before', cell: (record) => record.utilityBefore.toFixed(4) },
      { heading: 'utility after', cell: (record) => record.utilityAfter.toFixed(4) },
      { heading: 'state on chain', cell: (record) => record.state },
    ],
    result.rounds,
  )
}

function metricNames({ rounds }: UpResult): readonly MetricName[] {
  return METRIC_NAMES.filter((name) => rounds.some(({ metrics }) => metrics[name] !== undefined))
}

/** There where the manifest opens a market only. */
const MARKET_COLUMNS: readonly Column<SiloOutcome>[] = [
  { heading: 'price at open', cell: (silo) => amountText(silo.priceBefore, 5) },
  { heading: 'price now', cell: (silo) => amountText(silo.priceAfter, 5) },
  { heading: 'change', cell: (silo) => changeText(silo.priceBefore, silo.priceAfter) },
  { heading: 'raised CUR', cell: (silo) => amountText(silo.raised) },
]

/** One line per silo: what it brought and what came of it. */
export function siloTable(result: UpResult): Markup {
  const columns: Column<SiloOutcome>[] = [
    { heading: 'silo', cell: (silo) => siloLabel(silo), text: true },
    { heading: 'samples', cell: (silo) => countText(silo.samples) },
    { heading: 'contribution', cell: (silo) => valueText(silo, 4) },
    { heading: 'share', cell: (silo) => percentText(silo.share) },
    { heading: 'reward CUR', cell: (silo) => amountText(silo.rewarded) },
    ...(result.prices.length === 0 ? [] : MARKET_COLUMNS),
  ]
  const kind = result.silos.every(({ standardError }) => standardError === 0)
    ? 'exact'
    : 'estimated'
  return dataTable(`Contribution is the ${kind} sum over all rounds.`, columns, result.silos)
}

function siloLabel(silo: SiloOutcome): Markup {
  if (silo.attack !== undefined)
    return html`${silo.name} <span class="soft">(attacks: ${silo.attack})</span>`
  if (silo.flippedShare === 0) return html`${silo.name}`
  return html`${silo.name} <span class="soft">(${percentText(silo.flippedShare, 0)} wrong labels)</span>`
}

/** Spot prices at every moment of the price chart, and what was traded there. */
export function priceTable(result: UpResult): Markup {
  return dataTable<PricePoint>(
    'Spot price in CUR per token, without the fee.',
    [
      { heading: 'moment', cell: (point) => point.label, text: true },
      ...result.silos.map((silo, index) => ({
        heading: silo.name,
        cell: (point: PricePoint) => amountText(point.prices[index] ?? 0n, 5),
      })),
      { heading: 'trade', cell: (point) => tradeText(point.trade), text: true },
    ],
    result.prices,
  )
}

function tradeText(trade: Trade | undefined): string {
  if (trade === undefined) return ''
  const verb = trade.action === 'buy' ? 'bought' : 'sold'
  return `${trade.actor} ${verb} ${amountText(trade.tokens, 0)} ${trade.silo} for ${amountText(trade.currency)} CUR`
}

/** The points of the reward chart, and what each round added to a token's stream. */
export function rewardTable(result: UpResult): Markup {
  const { silos, rewards, rounds, streams } = result
  const start = streams[0]?.time ?? 0n
  const added = ({ round }: RoundRow, silo: string): bigint =>
    rewards
      .filter((reward) => reward.round === round && reward.silo === silo)
      .reduce((sum, { amount }) => sum + amount, 0n)
  return html`${dataTable<StreamPoint>(
    'CUR earned by each token so far, whoever held it; straight lines in between.',
    [
      { heading: 'second', cell: ({ time }) => String(time - start), text: true },
      ...silos.map((silo, index) => ({
        heading: silo.name,
        cell: ({ earned }: StreamPoint) => amountText(earned[index] ?? 0n),
      })),
    ],
    streams,
  )}${dataTable(
    "CUR of each round's pot that began to stream to each token.",
    [
      ROUND,
      ...silos.map((silo) => ({
        heading: silo.name,
        cell: (record: RoundRow) => amountText(added(record, silo.name)),
      })),
    ],
    rounds,
  )}`
}

/** Seconds per phase, gas and bytes of every round. */
export function timeTable(result: UpResult): Markup {
  return dataTable(
    'Train is the slowest silo. Bytes are the updates that the aggregator fetched.',
    [
      ROUND,
      ...PHASES.map((phase) => ({
        heading: `${phase} s`,
        cell: (record: RoundRow) => record.seconds[phase].toFixed(2),
      })),
      { heading: 'gas', cell: (record) => countText(record.gas) },
      {
        heading: 'bytes',
        cell: (record) =>
          bytesText(record.updates.reduce((sum, update) => sum + update.update.size, 0)),
      },
    ],
    result.rounds,
  )
}
