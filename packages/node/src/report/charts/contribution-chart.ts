import type { CustomSeriesOption } from 'echarts'
import { valueText } from '../../framework/number-text.ts'
import { categoryAxis } from '../axis-style.ts'
import type { Chart } from '../render-chart.ts'
import { seriesStyle } from '../series-style.ts'

const INK = '#333'
const WIDTH = 960
const PANELS_PER_ROW = 5
const PANEL_HEIGHT = 250
const PLOT_HEIGHT = 150
const LEFT = 52
const GAP = 16
/** Above a panel's plot: its silo and its sum. */
const PANEL_HEAD = 46
/** Half the width of the ends of an error bar, in pixels. */
const CAP = 4
const TITLE = 'Contribution of each silo in each round'

/** Values of one silo by round; null where it took no part. */
export type ContributionSeries = {
  readonly silo: string
  readonly rounds: readonly {
    readonly round: number
    readonly value: number | null
    readonly standardError: number
  }[]
}

/** What is drawn: series with the same rounds, in what they are measured, and the first pixel row that is free. */
type Contributions = {
  readonly silos: readonly ContributionSeries[]
  readonly utility: string
  readonly top?: number
}

/** One panel of bars per silo, all on one scale, so that neighbours compare by height and not by colour; error bars where values were estimated. */
export function contributionChart({ silos, utility, top = 0 }: Contributions): Chart {
  const columns = Math.max(1, Math.min(silos.length, PANELS_PER_ROW))
  const panelWidth = (WIDTH - LEFT - GAP * columns) / columns
  const place = (index: number): { left: number; top: number } => ({
    left: LEFT + (index % columns) * (panelWidth + GAP),
    top: top + PANEL_HEAD + Math.floor(index / columns) * PANEL_HEIGHT,
  })
  return {
    title: TITLE,
    description: descriptionOf(silos, utility),
    width: WIDTH,
    height: top + Math.max(1, Math.ceil(silos.length / columns)) * PANEL_HEIGHT,
    option: {
      title: silos.map((series, index) => ({
        ...titleOf(series),
        left: place(index).left,
        top: place(index).top - PANEL_HEAD,
      })),
      grid: silos.map((_, index) => ({ ...place(index), width: panelWidth, height: PLOT_HEIGHT })),
      xAxis: silos.map(({ rounds }, gridIndex) => ({
        ...categoryAxis(
          'round',
          rounds.map(({ round }) => String(round)),
        ),
        axisLine: { onZero: true, lineStyle: { color: INK } },
        gridIndex,
      })),
      yAxis: silos.map((_, gridIndex) => panelAxis(silos, gridIndex, columns)),
      aria: { enabled: true, decal: { show: true } },
      series: silos.flatMap((series, index) => [bars(series, index), errorBars(series, index)]),
    },
  }
}

function descriptionOf(silos: readonly ContributionSeries[], utility: string): string {
  const isExact = silos.every(({ rounds }) =>
    rounds.every(({ standardError }) => standardError === 0),
  )
  const errors = isExact
    ? 'the values are exact'
    : 'error bars are one standard error to either side'
  return `to the ${utility}; a bar below zero made the model worse; ${errors}.`
}

function titleOf({ silo, rounds }: ContributionSeries): object {
  const shapley = rounds.reduce((total, { value }) => total + (value ?? 0), 0)
  const standardError = Math.hypot(...rounds.map((round) => round.standardError))
  return {
    text: silo,
    subtext: `in all ${valueText({ shapley, standardError })}`,
    itemGap: 2,
    padding: 4,
    textStyle: { fontSize: 13, color: INK },
    subtextStyle: { fontSize: 12, color: INK },
  }
}

function bars({ silo, rounds }: ContributionSeries, index: number) {
  return {
    type: 'bar' as const,
    name: silo,
    xAxisIndex: index,
    yAxisIndex: index,
    color: seriesStyle(index).color,
    itemStyle: { decal: seriesStyle(index).decal },
    data: rounds.map(({ value }) => plotted(value ?? 0)),
  }
}

function errorBars({ silo, rounds }: ContributionSeries, index: number): CustomSeriesOption {
  return {
    type: 'custom',
    name: `${silo} standard error`,
    xAxisIndex: index,
    yAxisIndex: index,
    // Above the bars.
    z: 3,
    silent: true,
    encode: { x: 0, y: [1, 2] },
    data: rounds.flatMap(({ value, standardError }, at) =>
      value === null || standardError === 0
        ? []
        : [[at, plotted(value - standardError), plotted(value + standardError)]],
    ),
    renderItem: (_, api) => {
      const [x = 0, low = 0] = api.coord([api.value(0), api.value(1)])
      const [, high = 0] = api.coord([api.value(0), api.value(2)])
      return {
        type: 'group',
        children: [
          lineBetween({ x1: x, y1: low, x2: x, y2: high }),
          lineBetween({ x1: x - CAP, y1: low, x2: x + CAP, y2: low }),
          lineBetween({ x1: x - CAP, y1: high, x2: x + CAP, y2: high }),
        ],
      }
    },
  }
}

function lineBetween(shape: { x1: number; y1: number; x2: number; y2: number }) {
  return { type: 'line' as const, shape, style: { stroke: '#111', lineWidth: 1.5 } }
}

function panelAxis(
  silos: readonly ContributionSeries[],
  gridIndex: number,
  columns: number,
): object {
  const ends = silos.flatMap(({ rounds }) =>
    rounds.flatMap(({ value, standardError }) => [
      (value ?? 0) - standardError,
      (value ?? 0) + standardError,
    ]),
  )
  const low = Math.min(...ends, 0)
  const high = Math.max(...ends, 0)
  const step = niceStep(high - low)
  return {
    type: 'value',
    gridIndex,
    min: Math.floor(low / step) * step,
    max: Math.ceil(high / step) * step,
    interval: step,
    axisLabel: { show: gridIndex % columns === 0, color: INK, fontSize: 12 },
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

/** More digits than a pixel shows only make the file larger. */
function plotted(value: number): number {
  return Number(value.toFixed(6))
}
