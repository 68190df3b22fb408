/** What one process used, sample by sample. */
export type Series = {
  readonly name: string
  readonly samples: {
    readonly round: number
    readonly residentBytes: number
    readonly openFiles: number
  }[]
}

/** How a series grew after the warm-up: its level in the last quarter over that in the first one, 1 when flat. */
export type Growth = { readonly memory: number; readonly files: number }

/**
 * Compares the middle values of the first and the last quarter after the warm-up: single values follow the garbage collector's mood.
 * @param warmRounds - rounds that do not count.
 * @returns undefined when there are too few samples to say.
 */
export function growthOf({ samples }: Series, warmRounds: number): Growth | undefined {
  const counted = samples.filter(({ round }) => round > warmRounds)
  const quarter = Math.floor(counted.length / 4)
  if (quarter === 0) return undefined
  const [early, late] = [counted.slice(0, quarter), counted.slice(-quarter)]
  return {
    memory:
      middle(late.map(({ residentBytes }) => residentBytes)) /
      middle(early.map(({ residentBytes }) => residentBytes)),
    files:
      middle(late.map(({ openFiles }) => openFiles)) /
      middle(early.map(({ openFiles }) => openFiles)),
  }
}

function middle(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
