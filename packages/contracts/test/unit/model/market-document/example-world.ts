/** Those who act in the example; the hospitals are clients 0, 1 and 2. */
export type Person = 'north' | 'south' | 'west' | 'federator' | 'paula' | 'ivy' | 'watcher'

/** A swap by places in the pool: 0 is the currency, then the clients. */
export type ExampleSwap = {
  readonly tokenIn: number
  readonly tokenOut: number
  readonly amountIn: bigint
}

/**
 * A place where the example happens: the model, or contracts on a chain. `at` is in seconds after the opening, amounts in wei; every
 * step is done at exactly its second, every reading is what holds at that second.
 */
export type ExampleWorld = {
  readonly openMarket: (who: Person, at: bigint) => Promise<void>
  readonly swap: (who: Person, swap: ExampleSwap, at: bigint) => Promise<bigint>
  readonly claim: (who: Person, index: number, at: bigint) => Promise<bigint>
  readonly claimLp: (who: Person, at: bigint) => Promise<bigint>
  readonly registerLate: (who: Person, at: bigint) => Promise<void>
  readonly listClient: (at: bigint) => Promise<void>
  readonly fundRound: (round: number, amount: bigint, at: bigint) => Promise<void>
  /** @returns what was staked. */
  readonly assertRound: (round: number, shares: readonly bigint[], at: bigint) => Promise<bigint>
  readonly dispute: (who: Person, round: number, at: bigint) => Promise<bigint>
  readonly resolve: (
    round: number,
    upheld: boolean,
    at: bigint,
  ) => Promise<{ award: bigint; toPot: bigint }>
  readonly finalize: (round: number, shares: readonly bigint[], at: bigint) => Promise<void>
  readonly withdrawBond: (who: Person, at: bigint) => Promise<bigint>
  readonly lpShares: (who: Person) => Promise<bigint>
  readonly lpSupply: () => Promise<bigint>
  /** Of the pool, currency first. */
  readonly balances: () => Promise<readonly bigint[]>
  readonly weights: () => Promise<readonly bigint[]>
  readonly price: (index: number) => Promise<bigint>
  readonly owed: (who: Person, index: number, at: bigint) => Promise<bigint>
  readonly lpOwed: (who: Person, at: bigint) => Promise<bigint>
  readonly poolOwed: (at: bigint) => Promise<bigint>
  readonly potOf: (round: number) => Promise<bigint>
  readonly scheduledPot: (round: number) => Promise<bigint>
  readonly assertionBond: () => Promise<bigint>
}
