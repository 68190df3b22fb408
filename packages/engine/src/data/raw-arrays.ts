/** Bytes of some rows, and the class of each; no classes where the task has none. */
export type RawArrays = {
  readonly features: Uint8Array
  readonly labels: Uint8Array | undefined
  readonly count: number
}

/** The same when the bytes are kept. */
export type KeptArrays<Kept> = Omit<RawArrays, 'features'> & { readonly kept: Kept }

/** What is seen of a file of arrays before its schema is known: the shape of a row, and its classes where the file has labels. */
export type SeenArrays = {
  readonly shape: readonly number[]
  readonly classes: readonly string[] | undefined
}

/** Bytes of one file of arrays, which is read whole. */
export const MAX_ARRAY_BYTES = 1_073_741_824
