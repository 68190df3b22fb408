import { amountText, percentText, signedAmountText } from '../framework/number-text.ts'
import type { UpResult } from '../local/up-result.ts'
import { investorGain, providerGain } from './gain.ts'
import { html, type Markup } from './markup.ts'
import { dataTable } from './table.ts'

const EXACT = 18

type Line = { readonly who: string; readonly what: string; readonly amount: bigint }

/** Who paid and who received, and the escrow's books to the wei. */
export function money(result: UpResult): Markup {
  const lines = [...investorLines(result), ...providerLines(result)]
  return html`${lines.length === 0 ? undefined : linesTable(lines)}${booksTable(result)}`
}

function linesTable(lines: readonly Line[]): Markup {
  return dataTable<Line>(
    'The investor and the liquidity provider, in CUR; what they hold at the last spot prices. When the pool opened, the silos got their part of it for their tokens.',
    [
      { heading: 'who', cell: (line) => line.who, text: true },
      { heading: 'what', cell: (line) => line.what, text: true },
      { heading: 'CUR', cell: (line) => signedAmountText(line.amount) },
    ],
    lines,
  )
}

function investorLines(result: UpResult): readonly Line[] {
  const { investor } = result
  if (investor === undefined) return []
  const tokens = (amount: bigint): string => `${amountText(amount, 0)} ${investor.silo} tokens`
  const who = 'investor'
  return [
    { who, what: `bought ${tokens(investor.bought)}`, amount: -investor.spent },
    { who, what: 'claimed rewards', amount: investor.claimed },
    { who, what: `sold ${tokens(investor.sold)}`, amount: investor.received },
    {
      who,
      what: `still holds ${tokens(investor.bought - investor.sold)}, worth`,
      amount: investor.holdingValue,
    },
    { who, what: 'in all', amount: investorGain(investor) },
  ]
}

function providerLines(result: UpResult): readonly Line[] {
  const { provider } = result
  if (provider === undefined) return []
  const who = 'liquidity provider'
  return [
    { who, what: 'opened the pool', amount: -provider.provided },
    { who, what: 'claimed dividends of the tokens in the pool', amount: provider.claimed },
    {
      who,
      what: `still holds ${percentText(provider.poolShare, 0)} of the pool, worth`,
      amount: provider.holdingValue,
    },
    { who, what: 'in all', amount: providerGain(provider) },
  ]
}

function booksTable(result: UpResult): Markup {
  const { deposited, claimed, claimable, carried, returned } = result.books
  return dataTable<readonly [string, bigint]>(
    'The escrow: what was deposited equals the rest, to the wei.',
    [
      { heading: 'books', cell: ([name]) => name, text: true },
      { heading: 'CUR', cell: ([, amount]) => amountText(amount, EXACT) },
    ],
    [
      ['deposited', deposited],
      ['claimed by holders and liquidity providers', claimed],
      ['claimable still', claimable],
      ['carried (rounding dust and void rounds)', carried],
      ['returned to the federator', returned],
    ],
  )
}
