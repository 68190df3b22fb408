import type { ClassCounts } from './recall-per-class.ts'

/**
 * F1, the harmonic mean of precision and recall, 0 to 1: for two classes that of the last one, above two the mean over all classes that a
 * row has or is taken for (macro average); 0 for a class that is never recognised. As scikit-learn's f1_score with zero_division=0.
 */
export function f1(counts: ClassCounts): number {
  const all = Array.from(counts.rows, (_, label) => classF1(counts, label))
  if (all.length === 2) return all[1] ?? 0
  const present = all.filter((value) => value !== undefined)
  return present.reduce((sum, value) => sum + value, 0) / present.length
}

/** Undefined for a class without rows that no row is taken for. */
function classF1({ rows, hits, predictions }: ClassCounts, label: number): number | undefined {
  const sum = (rows[label] as number) + (predictions[label] as number)
  return sum === 0 ? undefined : (2 * (hits[label] as number)) / sum
}
