/** How one series looks, so that it can be told from the others without colour: dash, marker and hatching all differ. */
export type SeriesStyle = {
  readonly color: string
  readonly dash: 'solid' | number[]
  readonly symbol: string
  readonly decal: object
}

// Okabe and Ito's palette (Color Universal Design, 2008) without its yellow, which is too light on paper.
const COLORS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#56b4e9', '#e69f00', '#333333']
const DASHES: readonly SeriesStyle['dash'][] = ['solid', [7, 3], [2, 2], [10, 3, 2, 3], [14, 4]]
const SYMBOLS = ['circle', 'rect', 'triangle', 'diamond', 'emptyCircle', 'emptyRect']
const INK = 'rgba(255, 255, 255, 0.75)'
const DECALS: readonly object[] = [
  { symbol: 'none' },
  { symbol: 'rect', color: INK, dashArrayX: [1, 0], dashArrayY: [2, 4], rotation: -Math.PI / 4 },
  {
    symbol: 'circle',
    color: INK,
    dashArrayX: [
      [6, 6],
      [0, 6, 6, 0],
    ],
    dashArrayY: [6, 0],
    symbolSize: 0.7,
  },
  { symbol: 'rect', color: INK, dashArrayX: [1, 0], dashArrayY: [3, 3] },
  { symbol: 'rect', color: INK, dashArrayX: [1, 0], dashArrayY: [2, 3], rotation: Math.PI / 4 },
]

/** Style of the series at `index`; repeats after many, by then tables tell more than lines. */
export function seriesStyle(index: number): SeriesStyle {
  return {
    color: cycle(COLORS, index),
    dash: cycle(DASHES, index),
    symbol: cycle(SYMBOLS, index),
    decal: cycle(DECALS, index),
  }
}

function cycle<T>(values: readonly T[], index: number): T {
  // The modulus is always inside a list that is not empty.
  return values[index % values.length] as T
}
