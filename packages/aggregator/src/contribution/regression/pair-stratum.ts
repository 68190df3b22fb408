/**
 * Pairs of complementary coalitions that were drawn alike. A pair {S, N - S} is the row of S's memberships, measured from what its
 * size makes it on average, and the difference (u(S) - u(N - S)) / 2 likewise: what is even in S, above all the effect of the size,
 * cancels (Covert & Lee 2021, arXiv 2012.01536, section 3.2).
 */
export type PairStratum = {
  /** Each of length n. */
  readonly rows: readonly Float64Array[]
  readonly differences: readonly number[]
  /** Of the mean over the stratum's pairs in the sum of squares. */
  readonly weight: number
  /** Pairs that there are; Infinity when they are drawn again and again. */
  readonly population: number
  /** Whether rows and differences are measured from their means over the stratum as well. */
  readonly centre: 'sample-mean' | 'origin'
}
