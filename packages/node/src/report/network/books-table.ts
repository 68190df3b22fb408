import { exactAmountText } from '../../framework/number-text.ts'
import type { NetworkResult, PotOutcome } from '../../local/network/network-result.ts'
import type { Markup } from '../markup.ts'
import { dataTable } from '../table.ts'

type BookLine = { readonly book: string; readonly what: string; readonly amount: bigint }

/** Where the money came from and went, to the wei: of each book what came in is what went out. */
export function booksTable({ alliance, arena, emission, penalties }: NetworkResult): Markup {
  const days = `${emission.days} ${emission.days === 1n ? 'day' : 'days'}`
  const lines = [
    ...book('emission', [[`minted for ${days}`, emission.minted]], {
      'for tasks, by stake': emission.tasks,
      'to the treasury': emission.treasury,
    }),
    ...potLines("the alliance's pool", alliance.pool),
    ...potLines("the task's pot", arena.pot),
    ...book(
      'taken from nodes',
      [
        ['slashed', penalties.slashed],
        ['registration fees', penalties.fees],
      ],
      {
        'to reporters': penalties.toReporters,
        'to the treasury': penalties.toTreasury,
        burned: penalties.burned,
      },
    ),
  ]
  return dataTable<BookLine>(
    'FDN, to the wei. Of each book what came in (+) is what went out (−).',
    [
      { heading: 'book', cell: (line) => line.book, text: true },
      { heading: 'what', cell: (line) => line.what, text: true },
      { heading: 'FDN', cell: ({ amount }) => exactAmountText(amount) },
    ],
    lines,
  )
}

function potLines(
  name: string,
  { funded, emitted, earned, left }: PotOutcome,
): readonly BookLine[] {
  const came = [
    ['paid in by the founder', funded],
    ['emitted', emitted],
  ] as const
  return book(name, came, { 'earned by nodes': earned, 'left, back to who paid it in': left })
}

function book(
  name: string,
  came: readonly (readonly [string, bigint])[],
  went: Readonly<Record<string, bigint>>,
): readonly BookLine[] {
  const lines = [
    ...came.map(([what, amount]) => ({ what: `+ ${what}`, amount })),
    ...Object.entries(went).map(([what, amount]) => ({ what: `− ${what}`, amount })),
  ]
  return lines.map((line, at) => ({ book: at === 0 ? name : '', ...line }))
}
