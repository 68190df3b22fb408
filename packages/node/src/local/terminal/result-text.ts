import { headlineLabel, headlineText } from '../../framework/headline-metric.ts'
import { metricLabel } from '../../framework/metric-label.ts'
import {
  amountText,
  countText,
  exactAmountText,
  percentText,
  signedAmountText,
  valueText,
} from '../../framework/number-text.ts'
import { textTable } from '../../framework/text-table.ts'
import { PHASES } from '../../report/charts/time-chart.ts'
import { investorGain, providerGain } from '../../report/gain.ts'
import { utilityText } from '../../report/utility-text.ts'
import type { SiloOutcome, UpResult } from '../up-result.ts'

const COLUMNS = 80
const LABEL_WIDTH = 10

/**
 * What a run came to, as the tables that close it: rounds, silos, who paid and who received. 80 columns, unless names or amounts are
 * longer than usual.
 */
export function resultText(result: UpResult): string {
  return [
    roundTable(result),
    '',
    siloTable(result),
    ...notes(result),
    '',
    ...moneyLines(result),
  ].join('\n')
}

function roundTable(result: UpResult): string {
  // Accuracy alone says nothing where a class is rare.
  const hasAuc = result.rounds.some(({ metrics }) => metrics.auc !== undefined)
  return textTable(
    [
      'round',
      headlineLabel(result.rounds),
      ...(hasAuc ? [metricLabel('auc')] : []),
      'loss',
      'train',
      'move',
      'aggr',
      'assess',
      'anchor',
      'gas',
    ],
    result.rounds.map((record) => [
      String(record.round),
      headlineText(record.metrics),
      ...(hasAuc ? [record.metrics.auc?.toFixed(3) ?? '-'] : []),
      record.loss.toFixed(3),
      ...PHASES.map((phase) => `${record.seconds[phase].toFixed(2)}s`),
      countText(record.gas),
    ]),
  )
}

function siloTable(result: UpResult): string {
  const market = result.prices.length > 0
  const exact = isExact(result)
  return textTable(
    [
      'silo',
      'samples',
      exact ? 'value (exact)' : 'value ± error',
      'share',
      'reward',
      ...(market ? ['price open', 'now', 'raised'] : []),
    ],
    result.silos.map((silo) => [
      markedName(silo),
      countText(silo.samples),
      valueText(silo),
      percentText(silo.share),
      amountText(silo.rewarded),
      ...(market ? marketCells(silo) : []),
    ]),
    { textColumns: [0] },
  )
}

function isExact({ silos }: UpResult): boolean {
  return silos.every(({ standardError }) => standardError === 0)
}

function marketCells(silo: SiloOutcome): readonly string[] {
  return [
    amountText(silo.priceBefore, 5),
    amountText(silo.priceAfter, 5),
    silo.raised === 0n ? '-' : amountText(silo.raised),
  ]
}

/** What the table's numbers are, and what is known about silos whose labels were made wrong. */
function notes(result: UpResult): readonly string[] {
  const unit = `value: summed change of the ${utilityText(result)}; money in CUR`
  const wrong = result.silos
    .filter(({ flippedShare }) => flippedShare > 0)
    .map(
      ({ name, flippedShare }) =>
        `${name}: ${percentText(flippedShare, 0)} of its labels are wrong`,
    )
  return [unit, ...emptyRounds(result), ...wrong, ...attackLines(result)]
}

function emptyRounds({ rounds }: UpResult): readonly string[] {
  const empty = rounds.filter(({ contributions }) => contributions.length === 0)
  if (empty.length === 0) return []
  const numbers = empty.map(({ round }, i) => (i < empty.length - 1 ? `${round},` : `${round}:`))
  return paragraph('!', ['no new model in round', ...numbers, 'too few updates came in'])
}

/** Attackers stand out in the table. */
function markedName({ name, attack }: SiloOutcome): string {
  return attack === undefined ? name : `${name} !`
}

function attackLines({ silos, manifest }: UpResult): readonly string[] {
  const attackers = silos.filter(({ attack }) => attack !== undefined)
  const [first] = attackers
  if (first?.attack === undefined) return []
  const names = attackers.map(({ name }) => name)
  return paragraph('!', [
    `attack on purpose (${first.attack}), strategy ${manifest.strategy.name}:`,
    ...names.map((name, index) => (index < names.length - 1 ? `${name},` : name)),
  ])
}

function moneyLines(result: UpResult): readonly string[] {
  const { deposited, claimed, claimable, carried, returned } = result.books
  const rest: readonly (readonly [string, bigint])[] = [
    ['claimable', claimable],
    ['carried', carried],
    ['returned', returned],
  ]
  const terms = rest.filter(([, amount]) => amount > 0n)
  return [
    ...investorLines(result),
    ...providerLines(result),
    ...paragraph('books', [
      `deposited ${exactAmountText(deposited)} = claimed ${exactAmountText(claimed)}`,
      ...terms.map(([name, amount]) => `+ ${name} ${exactAmountText(amount)}`),
    ]),
  ]
}

function investorLines({ investor }: UpResult): readonly string[] {
  if (investor === undefined) return []
  const { silo, bought, sold } = investor
  return paragraph('investor', [
    `bought ${amountText(bought, 0)} ${silo} for ${amountText(investor.spent)},`,
    `claimed ${amountText(investor.claimed)},`,
    `sold ${amountText(sold, 0)} for ${amountText(investor.received)},`,
    `holds ${amountText(bought - sold, 0)} worth ${amountText(investor.holdingValue)}:`,
    `${signedAmountText(investorGain(investor))} CUR`,
  ])
}

function providerLines({ provider }: UpResult): readonly string[] {
  if (provider === undefined) return []
  return paragraph('provider', [
    `opened the pool with ${amountText(provider.provided)},`,
    `claimed ${amountText(provider.claimed)},`,
    `holds ${percentText(provider.poolShare, 0)} of the pool`,
    `worth ${amountText(provider.holdingValue)}:`,
    `${signedAmountText(providerGain(provider))} CUR`,
  ])
}

/** Words after a label, in lines that fit; those after the first are indented. */
function paragraph(label: string, parts: readonly string[]): readonly string[] {
  const [first = '', ...rest] = parts
  const lines = [first]
  for (const part of rest) {
    const line = `${lines.at(-1)} ${part}`
    if (LABEL_WIDTH + line.length <= COLUMNS) lines[lines.length - 1] = line
    else lines.push(part)
  }
  return lines.map((line, index) => (index === 0 ? label : '').padEnd(LABEL_WIDTH) + line)
}
