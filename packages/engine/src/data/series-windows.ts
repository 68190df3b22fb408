/** Readings of all series in one table: the same length each. */
export type Readings = {
  /** Seconds. */
  readonly times: ArrayLike<number>
  /** Number of the series of every reading. */
  readonly series: ArrayLike<number>
  /** Whether all that a window needs of a reading is there. */
  readonly isInput: (reading: number) => boolean
  readonly isTarget: (reading: number) => boolean
}

/** One window: readings by position, oldest first, and the one that is to be predicted. */
export type Window = { readonly inputs: readonly number[]; readonly target: number }

/** A clock may be off by this part of a step. */
const TOLERANCE = 0.1

/**
 * All windows of `past` readings and the one `horizon` steps later, by series and time. None crosses into another series or over a gap:
 * from its first reading to its target every step is `stepSeconds` long, give or take a tenth. A window with a missing reading is left out.
 */
export function* seriesWindows(
  { times, series, isInput, isTarget }: Readings,
  rules: { readonly stepSeconds: number; readonly past: number; readonly horizon: number },
): Generator<Window, void, undefined> {
  const { past, horizon } = rules
  for (const run of runsOf({ times, series }, rules.stepSeconds)) {
    // Readings at the end of a window, in a row, that are complete.
    let complete = 0
    for (let last = 0; last + horizon < run.length; last++) {
      complete = isInput(run[last] as number) ? complete + 1 : 0
      const target = run[last + horizon] as number
      if (complete >= past && isTarget(target))
        yield { inputs: run.slice(last + 1 - past, last + 1), target }
    }
  }
}

/** Readings of one series without a gap between them. */
function* runsOf(
  { times, series }: Pick<Readings, 'times' | 'series'>,
  stepSeconds: number,
): Generator<readonly number[], void, undefined> {
  const at = (from: ArrayLike<number>, reading: number): number => from[reading] as number
  const order = Array.from({ length: times.length }, (_, reading) => reading).sort(
    (a, b) => at(series, a) - at(series, b) || at(times, a) - at(times, b) || a - b,
  )
  let run: number[] = []
  for (const reading of order) {
    const before = run.at(-1)
    const isNext =
      before !== undefined &&
      at(series, before) === at(series, reading) &&
      Math.abs(at(times, reading) - at(times, before) - stepSeconds) <= TOLERANCE * stepSeconds
    if (before !== undefined && !isNext) {
      yield run
      run = []
    }
    run.push(reading)
  }
  if (run.length > 0) yield run
}
