import { capitalized } from '../../framework/capitalized.ts'
import { headlineLabel, headlineMetric } from '../../framework/headline-metric.ts'
import type { UpResult } from '../../local/up-result.ts'
import { categoryAxis, valueAxis } from '../axis-style.ts'
import type { Chart } from '../render-chart.ts'
import { seriesStyle } from '../series-style.ts'

/** The headline metric and the loss of the global model after each round, side by side: they have different units. */
export function metricChart(result: UpResult): Chart {
  const rounds = result.rounds.map((record) => String(record.round))
  const metric = headlineLabel(result.rounds)
  const series = [
    {
      name: metric,
      values: result.rounds.map(({ metrics }) => headlineMetric(metrics)?.value ?? 0),
    },
    { name: 'loss', values: result.rounds.map((record) => record.loss) },
  ]
  return {
    title: `${capitalized(metric)} and loss`,
    description: 'of the global model on the held-out rows, after each round.',
    width: 960,
    height: 300,
    option: {
      grid: [
        { left: 56, top: 36, width: 390, height: 200 },
        { left: 546, top: 36, width: 390, height: 200 },
      ],
      xAxis: series.map((_, gridIndex) => ({ ...categoryAxis('round', rounds), gridIndex })),
      yAxis: [
        { ...valueAxis(metric), gridIndex: 0 },
        { ...valueAxis('loss', { fromZero: true }), gridIndex: 1 },
      ],
      series: series.map(({ name, values }, index) => {
        const { color, dash, symbol } = seriesStyle(index)
        return {
          type: 'line' as const,
          name,
          data: withLastLabelled(values),
          xAxisIndex: index,
          yAxisIndex: index,
          symbol,
          symbolSize: 8,
          color,
          lineStyle: { type: dash, width: 2.5 },
        }
      }),
    },
  }
}

/** Only the last point carries its number: the table beneath has all of them. */
function withLastLabelled(values: readonly number[]): object[] {
  return values.map((value, index) => ({
    value: Number(value.toFixed(4)),
    label: {
      show: index === values.length - 1,
      position: 'top',
      formatter: value.toFixed(3),
      fontSize: 13,
      fontWeight: 'bold',
      color: '#333',
    },
  }))
}
