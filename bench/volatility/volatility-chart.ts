import { categoryAxis, topLegend, valueAxis } from '../../packages/node/src/report/axis-style.ts'
import type { Chart } from '../../packages/node/src/report/render-chart.ts'
import { seriesStyle } from '../../packages/node/src/report/series-style.ts'
import type { Study } from './measure-study.ts'
import { SPLITS, type SplitName, STRATEGIES } from './study.ts'
import { mean } from './summaries.ts'

const WIDTH = 960
const PANEL_HEIGHT = 300
const HEAD = 110
const INK = '#333'
/** One per strategy, so that they can be told apart without colour. */
const SYMBOLS = [
  'circle',
  'rect',
  'triangle',
  'diamond',
  'emptyCircle',
  'emptyRect',
  'emptyTriangle',
  'emptyDiamond',
]
/** Pixels between the marks of a silo, which stand in the order of the legend. */
const MARK_GAP = 11
const TITLE = 'The same data, eight strategies: who is paid what'
const DESCRIPTION =
  'Share of the pots by exact Shapley values, mean over the seeds; a mark per strategy, the line is the part of the rows.'

/** A panel per split: a column per silo, a mark per strategy, and a line for the part of all rows. */
export function volatilityChart(study: Study): Chart {
  const splits = Object.keys(SPLITS) as SplitName[]
  const place = (index: number) => ({ top: HEAD + 20 + index * PANEL_HEIGHT, height: 200 })
  return {
    title: TITLE,
    description: DESCRIPTION,
    width: WIDTH,
    height: HEAD + splits.length * PANEL_HEIGHT,
    option: {
      backgroundColor: '#fff',
      textStyle: { fontFamily: 'sans-serif' },
      title: [
        {
          text: TITLE,
          left: 8,
          subtext: DESCRIPTION,
          textStyle: { color: INK, fontSize: 14 },
          subtextStyle: { color: INK, fontSize: 12 },
        },
      ],
      legend: { ...topLegend(), top: 64 },
      grid: splits.map((_, index) => ({ left: 70, right: 30, ...place(index) })),
      xAxis: splits.map((split, gridIndex) => ({
        ...categoryAxis(
          `silo (${split === 'iid' ? 'labels alike' : 'labels by Dirichlet(0.5)'})`,
          study.sizes.map((_, silo) => String(silo + 1)),
        ),
        gridIndex,
      })),
      yAxis: splits.map((_, gridIndex) => ({
        ...valueAxis('share of the pots', { fromZero: true }),
        gridIndex,
      })),
      series: splits.flatMap((split, axis) => [
        ...STRATEGIES.map(({ name }, index) => marks(study, { split, name, axis, index })),
        sizeLine(study, axis),
      ]),
    },
  }
}

function marks(
  { measurements, sizes }: Study,
  of: {
    readonly split: SplitName
    readonly name: string
    readonly axis: number
    readonly index: number
  },
) {
  const own = measurements.filter(
    ({ split, strategy }) => split === of.split && strategy === of.name,
  )
  const { color } = seriesStyle(of.index)
  return {
    type: 'line' as const,
    name: of.name,
    xAxisIndex: of.axis,
    yAxisIndex: of.axis,
    color,
    symbol: SYMBOLS[of.index % SYMBOLS.length] as string,
    symbolSize: 8,
    symbolOffset: [(of.index - (STRATEGIES.length - 1) / 2) * MARK_GAP, 0],
    lineStyle: { width: 0 },
    data: sizes.map((_, silo) => mean(own.map(({ shares }) => shares.get('exact')?.[silo] ?? 0))),
  }
}

function sizeLine({ sizes }: Study, axis: number) {
  return {
    type: 'line' as const,
    name: 'part of the rows',
    xAxisIndex: axis,
    yAxisIndex: axis,
    color: '#111',
    symbol: 'none',
    lineStyle: { width: 2, type: 'dashed' as const },
    data: [...sizes],
  }
}
