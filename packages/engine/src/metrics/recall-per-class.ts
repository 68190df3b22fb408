import type { ClassScores } from './class-scores.ts'
import { predictedClass } from './predicted-class.ts'

/** Per class: its rows, how many of them the model recognises, and how many rows it takes for this class. */
export type ClassCounts = {
  readonly rows: Float64Array
  readonly hits: Float64Array
  readonly predictions: Float64Array
}

/** Counts rows, hits and predictions of every class. */
export function countPerClass(scores: ClassScores): ClassCounts {
  const rows = new Float64Array(scores.classes)
  const hits = new Float64Array(scores.classes)
  const predictions = new Float64Array(scores.classes)
  scores.labels.forEach((label, row) => {
    const predicted = predictedClass(scores, row)
    rows[label] = (rows[label] as number) + 1
    predictions[predicted] = (predictions[predicted] as number) + 1
    if (predicted === label) hits[label] = (hits[label] as number) + 1
  })
  return { rows, hits, predictions }
}

/** Share of each class's rows that the model recognises, 0 to 1; 0 for a class without rows, so that nobody adds anything to it. */
export function recallPerClass({ rows, hits }: Pick<ClassCounts, 'rows' | 'hits'>): Float64Array {
  return hits.map((hit, label) => (hit === 0 ? 0 : hit / (rows[label] as number)))
}
