/** What came of one kind of fault. */
export type Tally = {
  readonly fault: string
  /** Times that it was done to a federation. */
  readonly tried: number
  /** Of them, those after which the federation was what it would have been without. */
  readonly survived: number
  /** Why the others were lost, and whatever is worth knowing. */
  readonly notes: readonly string[]
}

/** One kind of fault, or several that are tried together; it never throws. */
export type FaultCase = () => Promise<readonly Tally[]>

/** Kinds of faults by the name that `--only` takes. */
export type FaultCases = Readonly<Record<string, FaultCase>>
