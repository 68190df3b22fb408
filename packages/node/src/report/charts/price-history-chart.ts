import type { MarkPointComponentOption } from 'echarts'
import { amountNumber } from '../../framework/number-text.ts'
import { topLegend, valueAxis } from '../axis-style.ts'
import type { Chart } from '../render-chart.ts'
import { seriesStyle } from '../series-style.ts'

const INK = '#333'
const MARK = '#111'
const DESCRIPTION = 'in CUR over time (UTC); triangles are trades, upward bought, downward sold'
const MS = 1_000
/** Symbols of more points than these would hide the line. */
const MAX_SYMBOLS = 40

/** Prices in currency wei and moments in Unix seconds; `trade` marks a point. */
export type PriceSeries = {
  readonly name: string
  readonly before: bigint | undefined
  readonly points: readonly {
    readonly time: number
    readonly price: bigint
    readonly trade: 'buy' | 'sell' | undefined
  }[]
}

type Mark = NonNullable<MarkPointComponentOption['data']>[number]

/** Price of every token over time, as steps: a price holds until the next event. Triangles are trades. */
export function priceHistoryChart(history: {
  readonly series: readonly PriceSeries[]
  readonly from: number
  readonly until: number
}): Chart {
  const { series, from, until } = history
  const title = 'Price per token'
  return {
    title,
    description: DESCRIPTION,
    width: 960,
    height: 440,
    option: {
      useUTC: true,
      textStyle: { fontFamily: 'sans-serif' },
      // The file is looked at by itself, on whatever ground a viewer has.
      backgroundColor: '#fff',
      title: {
        text: title,
        subtext: DESCRIPTION,
        textStyle: { color: INK, fontSize: 14 },
        subtextStyle: { color: INK, fontSize: 12 },
      },
      legend: { ...topLegend(), top: 60 },
      grid: { left: 70, right: 40, top: 116, bottom: 40 },
      xAxis: {
        type: 'time',
        min: from * MS,
        max: until * MS,
        axisLabel: { color: INK, fontSize: 12, hideOverlap: true },
        axisLine: { onZero: false, lineStyle: { color: INK } },
      },
      yAxis: valueAxis('CUR'),
      series: series.map((one, index) => {
        const { color, dash, symbol } = seriesStyle(index)
        return {
          type: 'line' as const,
          step: 'end' as const,
          name: one.name,
          data: dataOf(one, { from, until }),
          color,
          symbol,
          showSymbol: one.points.length <= MAX_SYMBOLS,
          lineStyle: { type: dash, width: 2 },
          markPoint: { data: marksOf(one), silent: true },
        }
      }),
    },
  }
}

function dataOf(
  { before, points }: PriceSeries,
  { from, until }: { readonly from: number; readonly until: number },
): [number, number][] {
  const last = points.at(-1)?.price ?? before
  const opening = before === undefined ? [] : [{ time: from, price: before }]
  // The last price holds until now.
  const now = last === undefined ? [] : [{ time: until, price: last }]
  return [...opening, ...points, ...now].map(({ time, price }) => [time * MS, amountNumber(price)])
}

function marksOf({ points }: PriceSeries): Mark[] {
  return points.flatMap(({ time, price, trade }) => {
    if (trade === undefined) return []
    return [
      {
        name: trade,
        coord: [time * MS, amountNumber(price)],
        symbol: 'triangle',
        symbolSize: 9,
        symbolRotate: trade === 'buy' ? 0 : 180,
        symbolOffset: [0, trade === 'buy' ? 10 : -10] satisfies [number, number],
        itemStyle: { color: MARK },
      },
    ]
  })
}
