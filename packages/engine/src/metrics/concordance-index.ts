import { classProbabilities } from './class-probabilities.ts'
import type { ClassScores } from './class-scores.ts'

/** C-index without a pair that can be compared: neither better nor worse than chance. */
const CHANCE = 0.5

/** Outcomes of survival analysis, one per row. */
export type Survival = {
  /** Time of the event, or until which there was none. */
  readonly times: Float64Array
  /** 1 where the event was seen, 0 where the row is censored at its time. */
  readonly observed: Uint8Array
}

/**
 * Harrell's C (Harrell et al. 1982, doi:10.1001/jama.1982.03320430047030): of the pairs whose order is known, the share where the earlier
 * event has the higher risk; equal risks count half. A pair is known when the earlier time is an event; at equal times when exactly one
 * is (the censored row outlived the other). 0.5 without such a pair. O(n log n).
 */
export function concordanceIndex(risks: Float64Array, { times, observed }: Survival): number {
  // Latest first; at one time events come after censored rows, which outlived them.
  const order = Uint32Array.from(times.keys()).sort(
    (a, b) =>
      (times[b] as number) - (times[a] as number) ||
      (observed[a] as number) - (observed[b] as number),
  )
  const ranks = denseRanks(risks)
  const outlived = createRankCounter(ranks.reduce((max, rank) => Math.max(max, rank), 0))
  let pairs = 0
  let concordant = 0
  for (let start = 0; start < order.length; ) {
    const end = endOfTies(order, start, { times, observed })
    const group = order.subarray(start, end)
    for (const row of group) {
      if (observed[row] === 0) continue
      const rank = ranks[row] as number
      const below = outlived.upTo(rank - 1)
      pairs += outlived.upTo(Number.POSITIVE_INFINITY)
      concordant += below + (outlived.upTo(rank) - below) / 2
    }
    for (const row of group) outlived.add(ranks[row] as number)
    start = end
  }
  return pairs === 0 ? CHANCE : concordant / pairs
}

/**
 * Concordance of the expected class index sum_c c p_c with the label, over the pairs whose labels differ: for ordered classes; for two
 * classes the AUC.
 */
export function classConcordance(scores: ClassScores): number {
  const { labels, classes } = scores
  const probabilities = new Float64Array(classes)
  const risks = new Float64Array(labels.length)
  for (let row = 0; row < labels.length; row++) {
    classProbabilities(scores, row, probabilities)
    // A high class is a late event: its risk is low.
    risks[row] = -probabilities.reduce((sum, p, c) => sum + c * p, 0)
  }
  const observed = new Uint8Array(labels.length).fill(1)
  return concordanceIndex(risks, { times: Float64Array.from(labels), observed })
}

function endOfTies(order: Uint32Array, start: number, { times, observed }: Survival): number {
  const first = order[start] as number
  let end = start + 1
  for (; end < order.length; end++) {
    const row = order[end] as number
    if (times[row] !== times[first] || observed[row] !== observed[first]) break
  }
  return end
}

/** Ranks from 1; equal values share a rank. */
function denseRanks(values: Float64Array): Uint32Array {
  const order = Uint32Array.from(values.keys()).sort(
    (a, b) => (values[a] as number) - (values[b] as number),
  )
  const ranks = new Uint32Array(values.length)
  let rank = 0
  order.forEach((row, i) => {
    if (i === 0 || values[row] !== values[order[i - 1] as number]) rank++
    ranks[row] = rank
  })
  return ranks
}

/** Counts of ranks 1 to `size` with prefix sums in O(log size) (Fenwick 1994). */
function createRankCounter(size: number) {
  const tree = new Float64Array(size + 1)
  return {
    add(rank: number): void {
      for (let i = rank; i <= size; i += i & -i) tree[i] = (tree[i] as number) + 1
    },
    upTo(rank: number): number {
      let sum = 0
      for (let i = Math.min(rank, size); i > 0; i -= i & -i) sum += tree[i] as number
      return sum
    },
  }
}
