/** Chunks that follow each other. */
export type ChunkRun = { readonly first: number; readonly count: number }

/** Splits indices, in their order, into runs that can be read at once. */
export function runsOf(indices: readonly number[]): readonly ChunkRun[] {
  const runs: ChunkRun[] = []
  for (const index of indices) {
    const last = runs.at(-1)
    if (last !== undefined && index === last.first + last.count) {
      runs[runs.length - 1] = { first: last.first, count: last.count + 1 }
    } else {
      runs.push({ first: index, count: 1 })
    }
  }
  return runs
}
