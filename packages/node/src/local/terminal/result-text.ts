import { formatAmount } from '@fednode/contracts'
import { textTable } from '../../framework/text-table.ts'
import { PHASES } from '../../report/charts/time-chart.ts'
import {
  amountText,
  changeText,
  countText,
  percentText,
  signedText,
} from '../../report/number-text.ts'
import type { SiloOutcome, UpResult } from '../up-result.ts'

const DUST = 10n ** 9n

/** What a run came to, as the tables that close it: rounds, silos, who paid and who received. At most 100 columns. */
export function resultText(result: UpResult): string {
  return [roundTable(result), '', siloTable(result), '', ...moneyLines(result)].join('\n')
}

function roundTable(result: UpResult): string {
  return textTable(
    ['round', 'accuracy', 'loss', 'train', 'move', 'aggr', 'assess', 'anchor', 'gas'],
    result.rounds.map((record) => [
      String(record.round),
      record.accuracy.toFixed(3),
      record.loss.toFixed(3),
      ...PHASES.map((phase) => `${record.seconds[phase].toFixed(2)}s`),
      countText(record.gas),
    ]),
  )
}

function siloTable(result: UpResult): string {
  const market = result.prices.length > 0
  const exact = result.silos.every((silo) => silo.standardError === 0)
  const marketHeads = market ? ['price now', 'change', 'raised'] : []
  return textTable(
    [
      'silo',
      'samples',
      exact ? 'value (exact)' : 'value ± error',
      'share',
      'reward CUR',
      ...marketHeads,
      '',
    ],
    result.silos.map((silo) => [
      silo.name,
      countText(silo.samples),
      exact
        ? signedText(silo.shapley)
        : `${signedText(silo.shapley)} ± ${silo.standardError.toFixed(3)}`,
      percentText(silo.share),
      amountText(silo.rewarded),
      ...(market ? marketCells(silo) : []),
      noteOf(silo),
    ]),
    { textColumns: [0, market ? 8 : 5] },
  )
}

function marketCells(silo: SiloOutcome): readonly string[] {
  return [
    amountText(silo.priceAfter, 5),
    changeText(silo.priceBefore, silo.priceAfter),
    silo.raised === 0n ? '-' : amountText(silo.raised),
  ]
}

function noteOf(silo: SiloOutcome): string {
  return silo.flippedShare === 0 ? '' : `${percentText(silo.flippedShare, 0)} wrong labels`
}

function moneyLines(result: UpResult): readonly string[] {
  const { investor, provider, books } = result
  const lines: string[] = []
  if (investor !== undefined) {
    const { silo } = investor
    const tokens = (amount: bigint): string => `${amountText(amount, 0)} ${silo}`
    lines.push(
      `investor  bought ${tokens(investor.bought)} for ${amountText(investor.spent)}, claimed ${amountText(investor.claimed)}, sold ${amountText(investor.sold, 0)} for ${amountText(investor.received)}`,
    )
  }
  if (provider !== undefined) {
    lines.push(
      `provider  opened the pool with ${amountText(provider.provided)}, claimed ${amountText(provider.claimed)} in dividends`,
    )
  }
  const rest = [
    `claimed ${formatAmount(books.claimed)}`,
    ...(books.claimable > 0n ? [`claimable ${weiText(books.claimable)}`] : []),
    ...(books.carried > 0n ? [`carried ${weiText(books.carried)}`] : []),
    ...(books.returned > 0n ? [`returned ${formatAmount(books.returned)}`] : []),
  ]
  lines.push(`books     deposited ${formatAmount(books.deposited)} = ${rest.join(' + ')}`)
  return lines
}

/** Dust is counted in wei: as a decimal it is mostly zeros. */
function weiText(wei: bigint): string {
  return wei < DUST ? `${wei} wei` : formatAmount(wei)
}
