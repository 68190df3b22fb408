import type { ColumnSpec, SeriesData } from '@fednode/protocol'
import type { Window } from './series-windows.ts'

type Scale = { readonly mean: number; readonly deviation: number }

/** All readings of a file, by position. */
export type SeriesReadings = {
  readonly columns: readonly { readonly spec: ColumnSpec; readonly values: readonly number[] }[]
  readonly labels: readonly number[]
}

/** How windows become rows of a model. */
export type WindowRows = {
  /** From what the model learns to the label's own unit. */
  readonly scale: Scale
  /** Writes [past, columns], row-major, oldest reading first. */
  readonly write: (window: Window, to: Float32Array) => void
  readonly target: (window: Window) => number
  /** What a predicted change is added to; absent where readings are predicted. */
  readonly changesFrom?: (window: Window) => number
}

const NO_SCALE: Scale = { mean: 0, deviation: 1 }

/** Rows of readings, or of changes where the manifest has a changeScale. */
export function windowRows(
  readings: SeriesReadings,
  { label, changeScale }: Pick<SeriesData, 'label' | 'changeScale'>,
): WindowRows {
  const { labels } = readings
  const { scale = NO_SCALE } = label
  if (changeScale === undefined)
    return {
      scale,
      write: (window, to) => writeWindow(readings, window, to),
      target: ({ target }) => ((labels[target] as number) - scale.mean) / scale.deviation,
    }
  const deviation = changeScale * scale.deviation
  const changesFrom = ({ inputs }: Window): number => labels[inputs.at(-1) as number] as number
  return {
    scale: { mean: 0, deviation },
    write: (window, to) => {
      writeWindow(readings, window, to)
      toChanges(to, { width: readings.columns.length, changeScale })
    },
    target: (window) => ((labels[window.target] as number) - changesFrom(window)) / deviation,
    changesFrom,
  }
}

function writeWindow({ columns }: SeriesReadings, { inputs }: Window, to: Float32Array): void {
  let at = 0
  for (const reading of inputs) {
    for (const { spec, values } of columns) {
      const { mean, deviation } = spec.scale ?? NO_SCALE
      to[at++] = ((values[reading] as number) - mean) / deviation
    }
  }
}

/** Every reading but the last becomes the step to the one after it. */
function toChanges(
  row: Float32Array,
  { width, changeScale }: { readonly width: number; readonly changeScale: number },
): void {
  for (let at = 0; at < row.length - width; at++)
    row[at] = ((row[at + width] as number) - (row[at] as number)) / changeScale
}
