import { type Random, shuffle } from '../random.ts'
import type { Dataset } from '../types.ts'
import { badPlan } from './check-plan.ts'
import { rowNumbers } from './row-numbers.ts'

/** Rows to train on, and rows to measure on, both in the order of the data set. */
export type HeldBack = { readonly trained: Uint32Array; readonly held: Uint32Array }

/**
 * Draws a share of the rows to be held back, at least one; of a data set with groups whole groups, as many as it takes to have that many
 * rows, but never all.
 * @throws {EngineError} BAD_PLAN when there is only one row or group.
 */
export function holdBack(
  { count, groups }: Pick<Dataset, 'count' | 'groups'>,
  share: number,
  random: Random,
): HeldBack {
  const sizes = groups === undefined ? undefined : groupSizes(groups)
  const units = sizes === undefined ? rowNumbers(count) : [...sizes.keys()]
  if (units.length < 2)
    throw badPlan(
      `holding rows back takes two ${groups === undefined ? 'rows' : 'groups'} at least`,
    )
  const wanted = Math.max(1, Math.round(share * count))
  shuffle(units, random)
  let drawn = 0
  for (let rows = 0; rows < wanted && drawn < units.length - 1; drawn++)
    rows += sizes?.get(units[drawn] as number) ?? 1
  const isHeld = heldFlags(units.slice(0, drawn), { count, groups })
  const all = rowNumbers(count)
  return {
    trained: all.filter((row) => isHeld[row] === 0),
    held: all.filter((row) => isHeld[row] === 1),
  }
}

/** 1 for every row that was drawn, by itself or with its group. */
function heldFlags(
  units: ArrayLike<number>,
  { count, groups }: { readonly count: number; readonly groups: Int32Array | undefined },
): Uint8Array {
  const flags = new Uint8Array(count)
  const drawn = new Set(groups === undefined ? [] : Array.from(units))
  if (groups === undefined) for (let i = 0; i < units.length; i++) flags[units[i] as number] = 1
  groups?.forEach((group, row) => {
    if (drawn.has(group)) flags[row] = 1
  })
  return flags
}

/** Rows of every group, in the order in which groups first occur. */
function groupSizes(groups: Int32Array): Map<number, number> {
  const sizes = new Map<number, number>()
  for (const group of groups) sizes.set(group, (sizes.get(group) ?? 0) + 1)
  return sizes
}
