import { amountText, changeText } from '../../../framework/number-text.ts'
import { textTable } from '../../../framework/text-table.ts'
import { priceScale } from './price-scale.ts'
import { clockText } from './time-text.ts'
import { type TokenHistory, tradeSide } from './token-history.ts'

/** Events of the table; --json has all. */
const SHOWN_EVENTS = 20

/** Each token's prices in one line, then what happened last. */
export function describeHistories(histories: readonly TokenHistory[]): string {
  return [summary(histories), '', events(histories)].join('\n')
}

function summary(histories: readonly TokenHistory[]): string {
  return textTable(
    ['silo', 'first', 'lowest', 'highest', 'last', 'change', 'trades'],
    histories.map((history) => {
      const { silo, before, points } = history
      const { low, high, decimals } = priceScale(history)
      const first = before ?? points[0]?.price ?? 0n
      const last = points.at(-1)?.price ?? first
      const prices = [first, low, high, last].map((price) => amountText(price, decimals))
      const trades = points.filter((point) => tradeSide(point) !== undefined).length
      return [silo, ...prices, changeText(first, last), String(trades)]
    }),
    { textColumns: [0] },
  )
}

type Happening = { readonly silo: string; readonly point: TokenHistory['points'][number] }

function events(histories: readonly TokenHistory[]): string {
  const own = histories.flatMap(({ silo, points }) => {
    // Others move a price as well; here is what was done with the token itself.
    return points.filter(({ tokenIn }) => tokenIn !== 0n).map((point) => ({ silo, point }))
  })
  const sorted = own.toSorted(
    (a, b) => a.point.block - b.point.block || a.point.logIndex - b.point.logIndex,
  )
  const shown = sorted.slice(-SHOWN_EVENTS)
  const left = sorted.length - shown.length
  const table = textTable(
    ['time (UTC)', 'silo', '', 'tokens', 'CUR', 'price then'],
    shown.map(rowOf),
    {
      textColumns: [0, 1, 2],
    },
  )
  return left === 0 ? table : `${table}\n${left} earlier ones: --json shows all`
}

function rowOf({ silo, point }: Happening): readonly string[] {
  const { time, tokenIn, currencyIn, price } = point
  return [
    clockText(time),
    silo,
    wordFor(point),
    amountText(sizeOf(tokenIn), 2),
    amountText(sizeOf(currencyIn), 2),
    amountText(price, 6),
  ]
}

function wordFor(point: Happening['point']): string {
  const side = tradeSide(point)
  if (side !== undefined) return side === 'buy' ? 'bought' : 'sold'
  return { open: 'opened', list: 'listed', join: 'added', exit: 'removed', swap: '' }[point.kind]
}

function sizeOf(amount: bigint): bigint {
  return amount < 0n ? -amount : amount
}
