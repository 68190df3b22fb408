import type { ClassScores } from './class-scores.ts'

/** Softmax of one row's logits into `target` [classes], in f64 with the largest logit subtracted. */
export function classProbabilities(
  scores: Pick<ClassScores, 'logits' | 'classes'>,
  row: number,
  target: Float64Array,
): void {
  const { logits, classes } = scores
  const start = row * classes
  let max = Number.NEGATIVE_INFINITY
  for (let c = 0; c < classes; c++) max = Math.max(max, logits[start + c] as number)
  let total = 0
  for (let c = 0; c < classes; c++) {
    const part = Math.exp((logits[start + c] as number) - max)
    target[c] = part
    total += part
  }
  for (let c = 0; c < classes; c++) target[c] = (target[c] as number) / total
}
