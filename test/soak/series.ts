/** What one process used, sample by sample. */
export type Series = {
  readonly name: string
  readonly samples: {
    readonly round: number
    readonly residentBytes: number
    readonly openFiles: number
  }[]
}

/** What a process used, by the middle value of a quarter of its samples. */
export type Level = { readonly residentBytes: number; readonly openFiles: number }

/** Levels in the first and in the last quarter after the warm-up. */
export type Growth = { readonly warm: Level; readonly end: Level }

/**
 * Compares the first and the last quarter after the warm-up: single values follow the garbage collector's mood.
 * @param warmRounds - rounds that do not count.
 * @returns undefined when there are too few samples to say.
 */
export function growthOf({ samples }: Series, warmRounds: number): Growth | undefined {
  const counted = samples.filter(({ round }) => round > warmRounds)
  const quarter = Math.floor(counted.length / 4)
  if (quarter === 0) return undefined
  return { warm: levelOf(counted.slice(0, quarter)), end: levelOf(counted.slice(-quarter)) }
}

/** Whether neither memory nor files grew to more than `most` times the level after the warm-up. */
export function isFlat({ warm, end }: Growth, most: number): boolean {
  return end.residentBytes <= most * warm.residentBytes && end.openFiles <= most * warm.openFiles
}

function levelOf(samples: readonly Level[]): Level {
  return {
    residentBytes: middle(samples.map(({ residentBytes }) => residentBytes)),
    openFiles: middle(samples.map(({ openFiles }) => openFiles)),
  }
}

function middle(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
