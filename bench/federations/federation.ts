/** One round of a federation whose every coalition was evaluated. */
export type Federation = {
  /** As in the cases of the benchmark. */
  readonly name: string
  readonly players: number
  /** Training rows of each silo. */
  readonly samples: readonly number[]
  /** Length 2^players; the index is the coalition's bit set. */
  readonly utilities: Float64Array
}
