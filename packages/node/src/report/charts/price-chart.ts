import type { MarkPointComponentOption } from 'echarts'
import { amountNumber, countText } from '../../framework/number-text.ts'
import type { UpResult } from '../../local/up-result.ts'
import { categoryAxis, topLegend, valueAxis } from '../axis-style.ts'
import type { Chart } from '../render-chart.ts'
import { seriesStyle } from '../series-style.ts'

const EXTRA_SYMBOL = 2
const EXTRA_WIDTH = 1.2

type Mark = NonNullable<MarkPointComponentOption['data']>[number]

/** Spot price of every token at each moment that was looked at; trades are marked with an arrow and their size. */
export function priceChart(result: UpResult): Chart {
  const { prices, silos } = result
  return {
    title: 'Price per token',
    description:
      'in CUR, from opening to end; arrows are trades. Tokens that nobody traded share one price.',
    width: 960,
    height: 360,
    option: {
      legend: topLegend(),
      grid: { left: 70, right: 40, top: 60, bottom: 64 },
      xAxis: categoryAxis(
        'moment',
        // In two lines every moment has room.
        prices.map((point) => point.label.replaceAll(' ', '\n')),
      ),
      yAxis: valueAxis('CUR'),
      series: silos.map((silo, index) => {
        const { color, dash, symbol } = seriesStyle(index)
        // Tokens that nobody traded have one price: lines below are wider, so that each can be seen.
        const above = silos.length - 1 - index
        return {
          type: 'line' as const,
          name: silo.name,
          data: prices.map((point) => amountNumber(point.prices[index] ?? 0n)),
          color,
          symbol,
          symbolSize: 6 + above * EXTRA_SYMBOL,
          lineStyle: { type: dash, width: 2 + above * EXTRA_WIDTH },
          markPoint: { data: marksOf(result, index), silent: true },
        }
      }),
    },
  }
}

function marksOf(result: UpResult, index: number): Mark[] {
  return result.prices.flatMap((point, position) => {
    const { trade } = point
    if (trade === undefined || trade.silo !== result.silos[index]?.name) return []
    const bought = trade.action === 'buy'
    const tokens = countText(trade.tokens / 10n ** 18n)
    return [
      {
        name: point.label,
        coord: [position, amountNumber(point.prices[index] ?? 0n)],
        symbol: 'triangle',
        symbolSize: 13,
        symbolRotate: bought ? 0 : 180,
        symbolOffset: [0, bought ? 16 : -16] satisfies [number, number],
        itemStyle: { color: '#111' },
        label: {
          formatter: `${trade.actor} ${bought ? 'buys' : 'sells'} ${tokens}`,
          position: bought ? 'bottom' : 'top',
          color: '#111',
          fontSize: 11,
          backgroundColor: 'rgba(255, 255, 255, 0.85)',
          padding: [1, 3],
        },
      },
    ]
  })
}
