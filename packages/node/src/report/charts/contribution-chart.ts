import { signedText } from '../../framework/number-text.ts'
import type { UpResult } from '../../local/up-result.ts'
import { categoryAxis } from '../axis-style.ts'
import type { Chart } from '../render-chart.ts'
import { seriesStyle } from '../series-style.ts'
import { utilityText } from '../utility-text.ts'

const WIDTH = 960
const PANELS_PER_ROW = 5
const PANEL_HEIGHT = 250
const PLOT_HEIGHT = 150
const LEFT = 52
const GAP = 16

/** One panel of bars per silo, all on one scale, so that neighbours compare by height and not by colour. */
export function contributionChart(result: UpResult): Chart {
  const { silos } = result
  const columns = Math.min(silos.length, PANELS_PER_ROW)
  const panelWidth = (WIDTH - LEFT - GAP * columns) / columns
  const place = (index: number): { left: number; top: number } => ({
    left: LEFT + (index % columns) * (panelWidth + GAP),
    top: 46 + Math.floor(index / columns) * PANEL_HEIGHT,
  })
  return {
    title: 'Contribution of each silo in each round',
    description: `to the ${utilityText(result)}; a bar below zero made the model worse.`,
    width: WIDTH,
    height: Math.ceil(silos.length / columns) * PANEL_HEIGHT,
    option: {
      title: silos.map((silo, index) => ({
        text: silo.name,
        subtext: `in all ${signedText(silo.shapley)}`,
        left: place(index).left,
        top: place(index).top - 46,
        itemGap: 2,
        padding: 4,
        textStyle: { fontSize: 13, color: '#333' },
        subtextStyle: { fontSize: 12, color: '#333' },
      })),
      grid: silos.map((_, index) => ({
        ...place(index),
        width: panelWidth,
        height: PLOT_HEIGHT,
      })),
      xAxis: silos.map((_, gridIndex) => ({
        ...categoryAxis(
          'round',
          result.rounds.map((record) => String(record.round)),
        ),
        axisLine: { onZero: true, lineStyle: { color: '#333' } },
        gridIndex,
      })),
      yAxis: silos.map((_, gridIndex) => panelAxis(result, gridIndex, columns)),
      aria: { enabled: true, decal: { show: true } },
      series: silos.map((silo, index) => ({
        type: 'bar' as const,
        name: silo.name,
        xAxisIndex: index,
        yAxisIndex: index,
        color: seriesStyle(index).color,
        itemStyle: { decal: seriesStyle(index).decal },
        data: valuesOf(result, silo.name),
      })),
    },
  }
}

function panelAxis(result: UpResult, gridIndex: number, columns: number): object {
  const values = result.silos.flatMap((silo) => valuesOf(result, silo.name))
  const step = niceStep(Math.max(...values, 0) - Math.min(...values, 0))
  return {
    type: 'value',
    gridIndex,
    min: Math.floor(Math.min(...values, 0) / step) * step,
    max: Math.ceil(Math.max(...values, 0) / step) * step,
    interval: step,
    axisLabel: { show: gridIndex % columns === 0, color: '#333', fontSize: 12 },
    splitLine: { lineStyle: { color: '#e4e4e4' } },
  }
}

/** A step of 1, 2 or 5 times a power of ten that divides `range` in four to ten parts. */
function niceStep(range: number): number {
  if (!(range > 0)) return 1
  const power = 10 ** Math.floor(Math.log10(range / 4))
  const factor = [5, 2, 1].find((candidate) => range / (candidate * power) >= 4) ?? 1
  return factor * power
}

function valuesOf(result: UpResult, silo: string): number[] {
  return result.rounds.map((record) => {
    const own = record.contributions.find((contribution) => contribution.silo === silo)
    return Number((own?.shapley ?? 0).toFixed(6))
  })
}
