/** What one silo was measured at in one round, and what that was worth. Utilities and values have the unit of the utility. */
export type RoundValue = {
  readonly round: number
  /** Its contribution; null where it took no part, or where the round was void. */
  readonly value: number | null
  /** Of `value`; 0 when exact. */
  readonly standardError: number
  /** Of the round's pot, 0 to 1. */
  readonly share: number
  /** Whether the round paid anybody. */
  readonly paid: boolean
  /** Its share of what the plan brings for the round, in wei; absent where nobody kept it. */
  readonly reward?: bigint
  /** Of the new model. */
  readonly utilityAfter?: number
  /** Of the model that all the others would have made. */
  readonly utilityWithout?: number
}

/** One silo's rounds, oldest first. */
export type SiloValues = { readonly silo: string; readonly rounds: readonly RoundValue[] }
