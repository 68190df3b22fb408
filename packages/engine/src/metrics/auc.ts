import type { ClassScores } from './class-scores.ts'
import { logOdds } from './log-odds.ts'

/** AUC where no row of one kind can be compared with a row of the other: neither better nor worse than chance. */
const CHANCE = 0.5

/**
 * Area under the ROC curve: for two classes that of class 1, above two the mean over all classes of one class against the rest (macro
 * average) as in Fawcett 2006 (doi:10.1016/j.patrec.2005.10.010, section 9). A class without rows, or with all rows, is left out; 0.5
 * when none is left.
 */
export function auc(scores: ClassScores): number {
  const { labels, classes } = scores
  if (classes === 2) return classAuc(scores, 1) ?? CHANCE
  let sum = 0
  let counted = 0
  for (let label = 0; label < classes; label++) {
    if (!labels.includes(label)) continue
    const area = classAuc(scores, label)
    if (area === undefined) continue
    sum += area
    counted++
  }
  return counted === 0 ? CHANCE : sum / counted
}

/**
 * Probability that a random positive scores above a random negative, ties counting half: the Mann-Whitney statistic from midranks
 * (Hanley & McNeil 1982, doi:10.1148/radiology.143.1.7063747).
 * @returns undefined without a positive or without a negative.
 */
export function binaryAuc(values: Float64Array, isPositive: Uint8Array): number | undefined {
  const order = Uint32Array.from(values.keys()).sort(
    (a, b) => (values[a] as number) - (values[b] as number),
  )
  const positives = isPositive.reduce((sum, flag) => sum + flag, 0)
  const negatives = values.length - positives
  if (positives === 0 || negatives === 0) return undefined
  const aboveLowest = midrankSum(values, isPositive, order) - (positives * (positives + 1)) / 2
  return aboveLowest / (positives * negatives)
}

/** Sum of the positives' ranks, 1 for the smallest value; equal values share the mean of their ranks. */
function midrankSum(values: Float64Array, isPositive: Uint8Array, order: Uint32Array): number {
  let sum = 0
  for (let start = 0; start < order.length; ) {
    const value = values[order[start] as number]
    let end = start
    let positives = 0
    for (; end < order.length && values[order[end] as number] === value; end++)
      positives += isPositive[order[end] as number] as number
    sum += (positives * (start + 1 + end)) / 2
    start = end
  }
  return sum
}

function classAuc(scores: ClassScores, label: number): number | undefined {
  const isPositive = Uint8Array.from(scores.labels, (other) => (other === label ? 1 : 0))
  return binaryAuc(logOdds(scores, label), isPositive)
}
