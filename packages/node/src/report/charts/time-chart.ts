import type { RoundSeconds } from '@fednode/aggregator'
import type { UpResult } from '../../local/up-result.ts'
import { categoryAxis, topLegend, valueAxis } from '../axis-style.ts'
import type { Chart } from '../render-chart.ts'
import { seriesStyle } from '../series-style.ts'

/** Phases of a round in the order in which they happen. */
export const PHASES = [
  'train',
  'transfer',
  'aggregate',
  'assess',
  'anchor',
] as const satisfies readonly (keyof RoundSeconds)[]

/** Seconds of every phase, stacked per round. */
export function timeChart(result: UpResult): Chart {
  return {
    title: 'Where the time went',
    description: 'in each round, in seconds. Anchoring runs beside the next round.',
    width: 960,
    height: 330,
    option: {
      legend: topLegend(),
      grid: { left: 56, right: 30, top: 60, bottom: 50 },
      xAxis: categoryAxis(
        'round',
        result.rounds.map((record) => String(record.round)),
      ),
      yAxis: valueAxis('s', { fromZero: true }),
      aria: { enabled: true, decal: { show: true } },
      series: PHASES.map((phase, index) => ({
        type: 'bar' as const,
        name: phase,
        stack: 'round',
        barMaxWidth: 60,
        color: seriesStyle(index).color,
        itemStyle: { decal: seriesStyle(index).decal, borderColor: '#fff', borderWidth: 0.5 },
        data: result.rounds.map((record) => Number(record.seconds[phase].toFixed(3))),
      })),
    },
  }
}
