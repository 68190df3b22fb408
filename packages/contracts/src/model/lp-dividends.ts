import { SCALE_BITS } from './stream.ts'

/** LP shares that nobody owns, locked at the opening (MeanPool.LOCKED_SHARES). */
export const LOCKED_SHARES = 1_000_000n
/** Who holds them. */
export const LOCKED_HOLDER = 'locked'

/** An LP: shares in wei, and a correction scaled by 2^64. */
type LpHolding = { readonly shares: bigint; readonly correction: bigint }

/** LpShare.sol: who holds the LP shares, and what the pool's tokens have earned for them. Steps return a new one. */
export type LpDividends = {
  readonly holders: ReadonlyMap<string, LpHolding>
  /** Earned per share, scaled by 2^64. */
  readonly acc: bigint
  /** Part of the Scenario's poolOwed that `acc` contains, in wei. */
  readonly credited: bigint
  /** What the last division by the supply left, scaled by 2^64. */
  readonly remainder: bigint
  /** Drawn from the Scenario and not paid to an LP, in wei. */
  readonly held: bigint
}

/** Shares that are minted (no `from`), burned (no `to`) or moved; wei. */
export type ShareMove = { readonly from?: string; readonly to?: string; readonly shares: bigint }

/** No shares yet. */
export const NO_LP_DIVIDENDS: LpDividends = {
  holders: new Map(),
  acc: 0n,
  credited: 0n,
  remainder: 0n,
  held: 0n,
}

/** Shares of `holder`, in wei. */
export function sharesOf(lp: LpDividends, holder: string): bigint {
  return lp.holders.get(holder)?.shares ?? 0n
}

/** Moves shares after crediting everything earned so far to those who held them. @param poolOwed - IScenario.poolOwed now, in wei. */
export function moveShares(lp: LpDividends, move: ShareMove, poolOwed: bigint): LpDividends {
  const { from, to, shares } = move
  const advanced = advance(lp, poolOwed)
  if (from === to) return advanced
  const earned = advanced.acc * shares
  const holders = new Map(advanced.holders)
  if (from !== undefined) change(holders, from, { shares: -shares, correction: earned })
  if (to !== undefined) change(holders, to, { shares, correction: -earned })
  return { ...advanced, holders }
}

/** MeanPool.lpOwed, in wei. @param poolOwed - IScenario.poolOwed now, in wei. */
export function lpOwed(lp: LpDividends, holder: string, poolOwed: bigint): bigint {
  const { shares, correction } = lp.holders.get(holder) ?? { shares: 0n, correction: 0n }
  return (advance(lp, poolOwed).acc * shares + correction) >> SCALE_BITS
}

/**
 * MeanPool.claimLp: pays `holder`; `drawn` says that the purse was short and the pool drew all of `poolOwed` from the Scenario.
 * @param poolOwed - IScenario.poolOwed now, in wei.
 */
export function claimLpDividends(
  lp: LpDividends,
  holder: string,
  poolOwed: bigint,
): { readonly lp: LpDividends; readonly paid: bigint; readonly drawn: boolean } {
  const advanced = advance(lp, poolOwed)
  const paid = lpOwed(advanced, holder, poolOwed)
  if (paid === 0n) return { lp: advanced, paid, drawn: false }
  const holders = new Map(advanced.holders)
  change(holders, holder, { shares: 0n, correction: -(paid << SCALE_BITS) })
  const drawn = advanced.held < paid
  const held = advanced.held + (drawn ? poolOwed : 0n) - paid
  const credited = drawn ? 0n : advanced.credited
  return { lp: { ...advanced, holders, held, credited }, paid, drawn }
}

function advance(lp: LpDividends, poolOwed: bigint): LpDividends {
  const supply = [...lp.holders.values()].reduce((sum, { shares }) => sum + shares, 0n)
  if (poolOwed === lp.credited || supply === 0n) return lp
  const fresh = ((poolOwed - lp.credited) << SCALE_BITS) + lp.remainder
  const perShare = fresh / supply
  const remainder = fresh - perShare * supply
  return { ...lp, acc: lp.acc + perShare, credited: poolOwed, remainder }
}

function change(holders: Map<string, LpHolding>, holder: string, by: LpHolding): void {
  const { shares, correction } = holders.get(holder) ?? { shares: 0n, correction: 0n }
  holders.set(holder, { shares: shares + by.shares, correction: correction + by.correction })
}
