import { amountNumber } from '../../framework/number-text.ts'
import { gainOf } from '../../local/network/gain-of.ts'
import type { NetworkResult } from '../../local/network/network-result.ts'
import { categoryAxis, valueAxis } from '../axis-style.ts'
import type { Chart } from '../render-chart.ts'
import { seriesStyle } from '../series-style.ts'

const WIDTH = 960
const MALICIOUS = 1

/** Accuracy of the alliance's global model on rows of nobody, from the model that everybody began with on. */
export function accuracyChart({ alliance }: NetworkResult): Chart {
  const { rounds, accuracyBefore } = alliance
  const { color, dash, symbol } = seriesStyle(0)
  const values = [accuracyBefore, ...rounds.map(({ accuracy }) => accuracy)]
  return {
    title: 'Accuracy',
    description: "of the alliance's global model on held-out rows, after each round.",
    width: WIDTH,
    height: 280,
    option: {
      grid: { left: 60, right: 40, top: 36, bottom: 50 },
      xAxis: categoryAxis('round', ['start', ...rounds.map(({ round }) => String(round))]),
      yAxis: valueAxis('accuracy', { fromZero: true }),
      series: [
        {
          type: 'line',
          name: 'accuracy',
          data: values.map((value) => (value === undefined ? null : Number(value.toFixed(4)))),
          label: { show: true, position: 'top', color: '#333', fontSize: 12 },
          symbol,
          symbolSize: 8,
          color,
          lineStyle: { type: dash, width: 2.5 },
        },
      ],
    },
  }
}

/** What each participant of the alliance is better off by; the malicious ones stand out. */
export function gainChart({ nodes }: NetworkResult): Chart {
  const allies = nodes.filter(({ role }) => role === 'alliance')
  return {
    title: 'Gains in the alliance',
    description:
      'in FDN: earned, less what was taken from the stake. Hatched: malicious on purpose.',
    width: WIDTH,
    height: 300,
    option: {
      grid: { left: 80, right: 40, top: 36, bottom: 50 },
      xAxis: categoryAxis(
        'participant',
        allies.map(({ name }) => name),
      ),
      yAxis: valueAxis('FDN', { fromZero: true }),
      series: [
        {
          type: 'bar',
          name: 'gain',
          barMaxWidth: 60,
          data: allies.map((node) => {
            const { color, decal } = seriesStyle(node.attack === undefined ? 0 : MALICIOUS)
            return { value: amountNumber(gainOf(node)), itemStyle: { color, decal } }
          }),
        },
      ],
    },
  }
}
