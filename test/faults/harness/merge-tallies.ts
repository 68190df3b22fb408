import type { Tally } from './fault-case.ts'

/** One tally for each kind of fault, in the order in which they came. */
export function mergeTallies(tallies: readonly Tally[]): readonly Tally[] {
  const merged = new Map<string, Tally>()
  for (const tally of tallies) {
    const before = merged.get(tally.fault) ?? { tried: 0, survived: 0, notes: [] }
    merged.set(tally.fault, {
      fault: tally.fault,
      tried: before.tried + tally.tried,
      survived: before.survived + tally.survived,
      notes: [...before.notes, ...tally.notes],
    })
  }
  return [...merged.values()]
}
