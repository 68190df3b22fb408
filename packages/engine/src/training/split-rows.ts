import { createRandom } from '../random.ts'
import type { TrainingRows } from '../types.ts'
import { badPlan } from './check-plan.ts'
import { type HeldBack, holdBack } from './hold-back.ts'
import { keepHeldRows } from './keep-held-rows.ts'

/** How rows are held back from a training. */
export type SplitRule = {
  /** Part of the rows, between 0 and 1. */
  readonly share: number
  readonly seed: number
  /**
   * Of windows of a series, which overlap, how many before the first that is held back have a reading of it: each group's last windows are held
   * back, and those before them left out. Absent: rows that are independent, drawn by the seed in whole groups.
   */
  readonly overlap?: number
}

/**
 * Some rows to learn from, and others that tell what was learned.
 * @returns copies; those in files are closed by the caller.
 * @throws {EngineError} BAD_PLAN when there are too few rows or groups. @throws {UserError} DATA_DISK_FULL, DATA_DISK_FAILED.
 */
export async function splitRows(
  data: TrainingRows,
  { share, seed, overlap }: SplitRule,
): Promise<{ readonly trained: TrainingRows; readonly held: TrainingRows }> {
  const split =
    overlap === undefined
      ? holdBack(data, share, createRandom(seed))
      : lastRows(data, { share, overlap })
  if (split.trained.length === 0 || split.held.length === 0)
    throw badPlan(`${data.count} rows are too few to hold some back`)
  return {
    trained: await keepHeldRows(data, split.trained),
    held: await keepHeldRows(data, split.held),
  }
}

function lastRows(
  { count, groups }: Pick<TrainingRows, 'count' | 'groups'>,
  { share, overlap }: { readonly share: number; readonly overlap: number },
): HeldBack {
  const rowsOf = new Map<number, number[]>()
  for (let row = 0; row < count; row++) {
    const group = groups?.[row] ?? 0
    const rows = rowsOf.get(group) ?? []
    rowsOf.set(group, rows)
    rows.push(row)
  }
  const trained: number[] = []
  const held: number[] = []
  for (const rows of rowsOf.values()) {
    const first = rows.length - Math.ceil(share * rows.length)
    rows.forEach((row, place) => {
      if (place >= first) held.push(row)
      else if (place < first - overlap) trained.push(row)
    })
  }
  return { trained: ascending(trained), held: ascending(held) }
}

function ascending(rows: readonly number[]): Uint32Array {
  return Uint32Array.from(rows).sort()
}
