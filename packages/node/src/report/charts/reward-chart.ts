import { amountNumber } from '../../framework/number-text.ts'
import type { UpResult } from '../../local/up-result.ts'
import { secondsAxis, topLegend, valueAxis } from '../axis-style.ts'
import type { Chart } from '../render-chart.ts'
import { seriesStyle } from '../series-style.ts'

/** What each token had earned over the chain's time, while the rounds' pots streamed to its holders. */
export function rewardChart(result: UpResult): Chart {
  const { streams, silos, manifest } = result
  const start = streams[0]?.time ?? 0n
  const window = manifest.reward.streamSeconds
  return {
    title: 'Reward streams',
    description: `to the holders of each token, in CUR so far. Each mark but the last is a round that was settled: its pot streams for ${window} s, together with what was left of those before it.`,
    width: 960,
    height: 340,
    option: {
      legend: topLegend(),
      grid: { left: 80, right: 40, top: 60, bottom: 50 },
      xAxis: secondsAxis("seconds of the chain's time since the first stream began"),
      yAxis: valueAxis('CUR', { fromZero: true }),
      series: silos.map((silo, index) => {
        const { color, dash, symbol } = seriesStyle(index)
        return {
          type: 'line' as const,
          name: silo.name,
          data: streams.map(({ time, earned }) => [
            Number(time - start),
            amountNumber(earned[index] ?? 0n),
          ]),
          color,
          symbol,
          symbolSize: 7,
          lineStyle: { type: dash, width: 2 },
        }
      }),
    },
  }
}
