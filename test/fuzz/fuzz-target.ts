/** A parser of something that comes from outside. */
export type FuzzTarget = {
  readonly name: string
  /** Valid inputs, which are changed a little. */
  readonly corpus: readonly Uint8Array[]
  /**
   * Parses an input: returns whether it is taken, or throws one of our own errors (FedError) to refuse it. Anything else that is thrown is a
   * crash.
   */
  readonly parse: (bytes: Uint8Array) => boolean | Promise<boolean>
  /** What parsing one input may take of memory, in bytes. */
  readonly maxBytes: number
  /** Inputs in the long run; fewer for what touches files. @default DEFAULT_RUNS */
  readonly runs?: number
}
