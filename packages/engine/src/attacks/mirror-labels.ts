/** The label flip of Fang et al. 2019 (arXiv 1911.11815): class c becomes C - 1 - c. The argument is not mutated. */
export function mirrorLabels(labels: Int32Array, classes: number): Int32Array {
  return labels.map((label) => classes - 1 - label)
}
