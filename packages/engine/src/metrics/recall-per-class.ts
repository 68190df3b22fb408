import type { ClassScores } from './class-scores.ts'
import { predictedClass } from './predicted-class.ts'

/** Per class: of its rows, how many there are and how many the model recognises. */
export type ClassCounts = { readonly rows: Float64Array; readonly hits: Float64Array }

/** Counts rows and hits of every class. */
export function countPerClass(scores: ClassScores): ClassCounts {
  const rows = new Float64Array(scores.classes)
  const hits = new Float64Array(scores.classes)
  scores.labels.forEach((label, row) => {
    rows[label] = (rows[label] as number) + 1
    if (predictedClass(scores, row) === label) hits[label] = (hits[label] as number) + 1
  })
  return { rows, hits }
}

/** Share of each class's rows that the model recognises, 0 to 1; 0 for a class without rows, so that nobody adds anything to it. */
export function recallPerClass({ rows, hits }: ClassCounts): Float64Array {
  return hits.map((hit, label) => (hit === 0 ? 0 : hit / (rows[label] as number)))
}
