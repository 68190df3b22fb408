/** Rows of numbers. */
export type Matrix = readonly (readonly number[])[]

/** Matrices of one Winograd convolution; see winogradMatrices. */
export type WinogradMatrices = {
  /** [TILE, kernelSize]: kernel to transformed kernel, from both sides. */
  readonly kernel: Matrix
  /** [outputs, TILE]: product to output, from both sides. */
  readonly output: Matrix
}

/** Height and width of an input tile. */
export const WINOGRAD_TILE = 6

/** Elements of a tile, each of which is a plane of its own. */
export const WINOGRAD_PLANES = WINOGRAD_TILE * WINOGRAD_TILE

/** Points at which polynomials are multiplied, besides infinity, with the scale that makes INPUT_TRANSFORM small integers. */
const POINTS = [
  { point: 0, scale: 1 / 4 },
  { point: 1, scale: -1 / 6 },
  { point: -1, scale: -1 / 6 },
  { point: 2, scale: 1 / 24 },
  { point: -2, scale: 1 / 24 },
] as const

/** [TILE, TILE]: input tile to transformed tile, from both sides; the same for every kernel size (Lavin & Gray, section 4.3). */
export const INPUT_TRANSFORM: Matrix = [
  [4, 0, -5, 0, 1, 0],
  [0, -4, -4, 1, 1, 0],
  [0, 4, -4, -1, 1, 0],
  [0, -2, -1, 2, 1, 0],
  [0, 2, -1, -2, 1, 0],
  [0, 4, 0, -5, 0, 1],
]

/**
 * Minimal filtering F(m x m, r x r) on tiles of 6 x 6: m = 7 - r outputs a side of a kernel of r a side, with the points 0, 1, -1, 2, -2 and
 * infinity (Lavin & Gray 2015, arXiv 1509.09308, for r = 3; the same points serve r = 5).
 */
export function winogradMatrices(kernelSize: number): WinogradMatrices {
  const outputs = WINOGRAD_TILE + 1 - kernelSize
  const powers = Array.from({ length: kernelSize }, (_, j) => j)
  return {
    kernel: [
      ...POINTS.map(({ point, scale }) => powers.map((j) => scale * point ** j)),
      powers.map((j) => (j === kernelSize - 1 ? 1 : 0)),
    ],
    output: Array.from({ length: outputs }, (_, i) => [
      ...POINTS.map(({ point }) => point ** i),
      i === outputs - 1 ? 1 : 0,
    ]),
  }
}
