const INK = '#333'
const GRID = '#e4e4e4'

/** A named category axis, the same in every chart. */
export function categoryAxis(name: string, labels: readonly string[]): object {
  return {
    type: 'category',
    data: labels,
    name,
    nameLocation: 'middle',
    nameGap: labels.some((label) => label.includes('\n')) ? 42 : 28,
    nameTextStyle: { color: INK, fontSize: 12 },
    axisLabel: { color: INK, fontSize: 12, hideOverlap: true },
    axisLine: { onZero: false, lineStyle: { color: INK } },
    axisTick: { alignWithLabel: true },
  }
}

/** An axis of seconds from 0, named below. */
export function secondsAxis(name: string): object {
  return {
    type: 'value',
    name,
    nameLocation: 'middle',
    nameGap: 28,
    nameTextStyle: { color: INK, fontSize: 12 },
    max: 'dataMax',
    axisLabel: { color: INK, fontSize: 12, showMaxLabel: false },
    axisLine: { show: true, lineStyle: { color: INK } },
    splitLine: { show: false },
  }
}

/** A value axis with a name above it; starts at zero only where `fromZero` says that lengths are compared. */
export function valueAxis(name: string, options: { fromZero?: boolean } = {}): object {
  return {
    type: 'value',
    name,
    nameTextStyle: { color: INK, fontSize: 12, align: 'left' },
    scale: options.fromZero !== true,
    axisLabel: { color: INK, fontSize: 12 },
    splitLine: { lineStyle: { color: GRID } },
  }
}

/** Legend above the drawing, wide enough to show the dashes. */
export function topLegend(): object {
  return { top: 0, itemWidth: 42, textStyle: { color: INK, fontSize: 12 } }
}
