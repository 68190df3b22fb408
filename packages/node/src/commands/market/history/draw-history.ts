import { drawToken, marksOf, type Panel } from './draw-token.ts'
import { labelWidth, priceScale } from './price-scale.ts'
import { clockText } from './time-text.ts'
import type { TokenHistory } from './token-history.ts'

/** Beside the labels there must be room for the line itself. */
const MIN_LINE_COLUMNS = 20
/** Between label and line: a space and the axis. */
const AXIS_COLUMNS = 2

/** What the whole drawing has room for. */
export type Canvas = Omit<Panel, 'gutter'>

/** Prices over time: one drawing per token with its own scale, all on one axis of time, trades marked. */
export function drawHistories(histories: readonly TokenHistory[], canvas: Canvas): string {
  const drawn = histories.map((history) => ({ history, scale: priceScale(history) }))
  const gutter = Math.max(...drawn.map(({ scale }) => labelWidth(scale)))
  const columns = Math.max(MIN_LINE_COLUMNS, canvas.columns - gutter - AXIS_COLUMNS)
  const panel = { ...canvas, columns, gutter }
  const panels = drawn.map(({ history, scale }) => drawToken(history, scale, panel))
  return [...panels, [...timeAxis(panel), legend(panel)].join('\n')].join('\n\n')
}

function timeAxis({ from, until, columns, gutter, unicode }: Panel): readonly string[] {
  const indent = ' '.repeat(gutter + 1)
  const line = unicode ? `└${'─'.repeat(columns)}` : `+${'-'.repeat(columns)}`
  const left = clockText(from, until - from)
  const right = clockText(until, until - from)
  const gap = ' '.repeat(Math.max(1, columns + 1 - left.length - right.length))
  return [`${indent}${line}`, `${indent}${left}${gap}${right}`]
}

function legend(panel: Panel): string {
  const { buy, sell, both } = marksOf(panel)
  return `${buy} bought  ${sell} sold  ${both} both; prices in CUR, times in UTC`
}
