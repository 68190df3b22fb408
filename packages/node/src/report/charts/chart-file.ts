import type { Chart } from '../render-chart.ts'

const INK = '#333'

/** Pixel rows that the heading of a file needs above the drawing. */
export const CHART_FILE_HEADING = 64

/** A chart that is looked at by itself, on whatever ground a viewer has: with its title in the picture. Nothing may lie in its first CHART_FILE_HEADING rows. */
export function chartFile(chart: Chart): Chart {
  const { title, description, option } = chart
  const heading = {
    text: title,
    subtext: description,
    left: 8,
    top: 4,
    textStyle: { color: INK, fontSize: 14 },
    subtextStyle: { color: INK, fontSize: 12 },
  }
  return {
    ...chart,
    option: {
      ...option,
      backgroundColor: '#fff',
      textStyle: { fontFamily: 'sans-serif' },
      title: [heading, ...[option.title ?? []].flat()],
    },
  }
}
