/** Bytes of some rows, and the class of each; no classes where the task has none. */
export type RawArrays = {
  readonly features: Uint8Array
  readonly labels: Uint8Array | undefined
  readonly count: number
}

/** Bytes of one data set of arrays; it is held in memory whole. */
export const MAX_ARRAY_BYTES = 1_073_741_824
