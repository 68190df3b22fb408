/**
 * Spearman's rank correlation: Pearson's of the ranks, equal values sharing the mean of theirs (Spearman 1904). -1 to 1; 0 when one of
 * the two lists has no order at all.
 */
export function spearman(one: readonly number[], other: readonly number[]): number {
  return pearson(midranks(one), midranks(other))
}

/**
 * Kendall's tau-b: pairs in the same order less pairs in opposite order, over the root of the pairs that either list orders (Kendall
 * 1945). -1 to 1; 0 when one of the two lists has no order at all.
 */
export function kendall(one: readonly number[], other: readonly number[]): number {
  let agreement = 0
  let inOne = 0
  let inOther = 0
  for (let i = 0; i < one.length; i++) {
    for (let j = 0; j < i; j++) {
      const a = Math.sign((one[i] ?? 0) - (one[j] ?? 0))
      const b = Math.sign((other[i] ?? 0) - (other[j] ?? 0))
      agreement += a * b
      inOne += Math.abs(a)
      inOther += Math.abs(b)
    }
  }
  return inOne * inOther === 0 ? 0 : agreement / Math.sqrt(inOne * inOther)
}

function midranks(values: readonly number[]): number[] {
  return values.map((value) => {
    const below = values.filter((other) => other < value).length
    const equal = values.filter((other) => other === value).length
    return below + (equal + 1) / 2
  })
}

function pearson(one: readonly number[], other: readonly number[]): number {
  const [a, b] = [centred(one), centred(other)]
  const norms = Math.hypot(...a) * Math.hypot(...b)
  return norms === 0 ? 0 : a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0) / norms
}

function centred(values: readonly number[]): number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return values.map((value) => value - mean)
}
