/** How a cell of the terminal shows dots. */
export type Ink = {
  readonly dotsAcross: number
  readonly dotsUp: number
  /** @param dots - rows of a cell from the top, each from the left. */
  glyph(dots: readonly (readonly boolean[])[]): string
}

/** A value that holds from `at` (0 is the left edge, 1 the right one) until the next; 0 is the bottom, 1 the top. */
export type Step = { readonly at: number; readonly value: number }

const BRAILLE_BLANK = 0x2800

/** Unicode's braille patterns: eight dots a cell. */
export const BRAILLE: Ink = {
  dotsAcross: 2,
  dotsUp: 4,
  glyph: (dots) => {
    const bits = dots.flatMap((row, up) => row.map((dot, across) => (dot ? bitOf(up, across) : 0)))
    const sum = bits.reduce((total, bit) => total + bit, 0)
    // A blank pattern is no space to those who trim or copy.
    return sum === 0 ? ' ' : String.fromCodePoint(BRAILLE_BLANK + sum)
  },
}

/** Two dots a cell, for terminals without Unicode. */
export const ASCII: Ink = {
  dotsAcross: 1,
  dotsUp: 2,
  glyph: ([above, below]) => (above?.[0] ? (below?.[0] ? ':' : "'") : below?.[0] ? '.' : ' '),
}

/**
 * Draws a line of steps.
 * @param steps - in order of `at`; nothing is drawn left of the first.
 * @returns one text per row, from the top, each of `columns` characters.
 */
export function plotSteps(
  steps: readonly Step[],
  { columns, rows }: { readonly columns: number; readonly rows: number },
  ink: Ink,
): readonly string[] {
  const height = rows * ink.dotsUp
  const spans = spansOf(steps, { width: columns * ink.dotsAcross, height })
  const isInked = (x: number, y: number): boolean => {
    const span = spans[x]
    return span !== undefined && y >= span.low && y <= span.high
  }
  return Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns }, (_, column) => {
      const top = height - 1 - row * ink.dotsUp
      const dots = Array.from({ length: ink.dotsUp }, (_, down) =>
        Array.from({ length: ink.dotsAcross }, (_, across) =>
          isInked(column * ink.dotsAcross + across, top - down),
        ),
      )
      return ink.glyph(dots)
    }).join(''),
  )
}

type Span = { readonly low: number; readonly high: number }

/** For each column of dots the lowest and the highest dot that the line passes there. */
function spansOf(
  steps: readonly Step[],
  { width, height }: { readonly width: number; readonly height: number },
): readonly (Span | undefined)[] {
  let inForce: number | undefined
  let next = 0
  return Array.from({ length: width }, (_, x) => {
    const heights = inForce === undefined ? [] : [inForce]
    for (; columnOf(steps[next], width) <= x; next += 1) {
      inForce = Math.round((steps[next]?.value ?? 0) * (height - 1))
      heights.push(inForce)
    }
    return heights.length === 0
      ? undefined
      : { low: Math.min(...heights), high: Math.max(...heights) }
  })
}

function columnOf(step: Step | undefined, width: number): number {
  return step === undefined ? Number.POSITIVE_INFINITY : Math.min(width - 1, step.at * width)
}

function bitOf(up: number, across: number): number {
  // Dots 1 to 3 and 4 to 6 run down the two columns; 7 and 8 were added below them later.
  return 1 << (up === 3 ? 6 + across : up + 3 * across)
}
