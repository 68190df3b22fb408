import type { ClassScores } from './class-scores.ts'

/** The class with the largest logit in a row; among equal logits the first. */
export function predictedClass({ logits, classes }: ClassScores, row: number): number {
  const start = row * classes
  let best = 0
  for (let c = 1; c < classes; c++)
    if ((logits[start + c] as number) > (logits[start + best] as number)) best = c
  return best
}
