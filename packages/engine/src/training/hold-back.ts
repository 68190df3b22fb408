import { type Random, shuffle } from '../random.ts'
import type { Dataset } from '../types.ts'
import { badPlan } from './check-plan.ts'

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
  const sizes = groupSizes(count, groups)
  if (sizes.size < 2)
    throw badPlan(`an early stop needs two ${groups === undefined ? 'rows' : 'groups'} at least`)
  const wanted = Math.max(1, Math.round(share * count))
  const drawn = new Set<number>()
  let rows = 0
  for (const group of shuffle([...sizes.keys()], random)) {
    if (rows >= wanted || drawn.size === sizes.size - 1) break
    drawn.add(group)
    rows += sizes.get(group) ?? 0
  }
  const isHeld = (row: number): boolean => drawn.has(groups?.[row] ?? row)
  const all = Uint32Array.from({ length: count }, (_, row) => row)
  return { trained: all.filter((row) => !isHeld(row)), held: all.filter(isHeld) }
}

/** Rows of every group; without groups every row is one. */
function groupSizes(count: number, groups: Int32Array | undefined): Map<number, number> {
  const sizes = new Map<number, number>()
  for (let row = 0; row < count; row++) {
    const group = groups?.[row] ?? row
    sizes.set(group, (sizes.get(group) ?? 0) + 1)
  }
  return sizes
}
