import type { UpResult } from '../../local/up-result.ts'
import { categoryAxis, topLegend, valueAxis } from '../axis-style.ts'
import { amountNumber } from '../number-text.ts'
import type { Chart } from '../render-chart.ts'
import { seriesStyle } from '../series-style.ts'

/** What each token had earned when each round's stream had run out. */
export function rewardChart(result: UpResult): Chart {
  return {
    title: 'Cumulative reward',
    description: 'that streamed to the holders of each token, in CUR.',
    width: 960,
    height: 340,
    option: {
      legend: topLegend(),
      grid: { left: 80, right: 30, top: 60, bottom: 50 },
      xAxis: categoryAxis(
        'round',
        result.rounds.map((record) => String(record.round)),
      ),
      yAxis: valueAxis('CUR', { fromZero: true }),
      series: result.silos.map((silo, index) => {
        const { color, dash, symbol } = seriesStyle(index)
        return {
          type: 'line' as const,
          name: silo.name,
          data: cumulativeReward(result, silo.name).map(amountNumber),
          color,
          symbol,
          symbolSize: 7,
          lineStyle: { type: dash, width: 2 },
        }
      }),
    },
  }
}

/** Reward of `silo`'s token up to and with each round, in wei. */
export function cumulativeReward(result: UpResult, silo: string): readonly bigint[] {
  let sum = 0n
  return result.rounds.map((record) => {
    for (const reward of result.rewards) {
      if (reward.round === record.round && reward.silo === silo) sum += reward.amount
    }
    return sum
  })
}
