import { amountText, changeText } from '../../../framework/number-text.ts'
import { ASCII, BRAILLE, plotSteps, type Step } from './plot-steps.ts'
import type { PriceScale } from './price-scale.ts'
import { type TokenHistory, tradeSide } from './token-history.ts'

/** Rows of one token's drawing. */
const ROWS = 5

/** What one drawing has room for. */
export type Panel = {
  /** For the line itself. */
  readonly columns: number
  /** Columns for the labels left of it. */
  readonly gutter: number
  /** False: ASCII only. */
  readonly unicode: boolean
  /** Unix seconds at the left and the right edge. */
  readonly from: number
  readonly until: number
}

/** Signs of trades beneath a line. */
export type Marks = { readonly buy: string; readonly sell: string; readonly both: string }
const UNICODE_MARKS: Marks = { buy: '▲', sell: '▼', both: '◆' }
const ASCII_MARKS: Marks = { buy: '^', sell: 'v', both: 'x' }

export function marksOf({ unicode }: Pick<Panel, 'unicode'>): Marks {
  return unicode ? UNICODE_MARKS : ASCII_MARKS
}

/** One token's price: a title, the line of its steps with labels of its own scale, and a row of marks where it was traded. */
export function drawToken(history: TokenHistory, scale: PriceScale, panel: Panel): string {
  const { columns, gutter, unicode } = panel
  const { low, high, decimals } = scale
  const size = { columns, rows: ROWS }
  const lines = plotSteps(stepsOf(history, scale, panel), size, unicode ? BRAILLE : ASCII)
  const labels = new Map([[ROWS - 1, low]])
  // A price that never moved has one label.
  if (high !== low) labels.set(0, high)
  const drawn = lines.map((line, row) => {
    const price = labels.get(row)
    const label = price === undefined ? '' : amountText(price, decimals)
    return `${label.padStart(gutter)} ${unicode ? '│' : '|'}${line}`.trimEnd()
  })
  const marks = tradeMarks(history, panel)
  const footer = marks === '' ? [] : [`${' '.repeat(gutter + 2)}${marks}`]
  return [titleOf(history, decimals), ...drawn, ...footer].join('\n')
}

function titleOf({ silo, before, points }: TokenHistory, decimals: number): string {
  const first = before ?? points[0]?.price ?? 0n
  const last = points.at(-1)?.price ?? first
  return `${silo}  ${amountText(last, decimals)} CUR  ${changeText(first, last)}`
}

function stepsOf(
  { before, points }: TokenHistory,
  { low, high }: PriceScale,
  panel: Panel,
): readonly Step[] {
  // A line that never moves runs along the bottom, where its label is.
  const heightOf = (price: bigint): number =>
    high === low ? 0 : Number(price - low) / Number(high - low)
  const opening = before === undefined ? [] : [{ at: 0, value: heightOf(before) }]
  return [
    ...opening,
    ...points.map(({ time, price }) => ({ at: placeOf(time, panel), value: heightOf(price) })),
  ]
}

function tradeMarks({ points }: TokenHistory, panel: Panel): string {
  const { columns } = panel
  const marks = marksOf(panel)
  const row = new Array<string>(columns).fill(' ')
  for (const point of points) {
    const side = tradeSide(point)
    if (side === undefined) continue
    const column = Math.min(columns - 1, Math.floor(placeOf(point.time, panel) * columns))
    const isFree = row[column] === ' ' || row[column] === marks[side]
    row[column] = isFree ? marks[side] : marks.both
  }
  return row.join('').trimEnd()
}

function placeOf(time: number, { from, until }: Panel): number {
  return until === from ? 0 : (time - from) / (until - from)
}
