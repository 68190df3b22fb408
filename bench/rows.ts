/** One figure of a benchmark. */
export type BenchRow = { case: string; metric: string; value: number; unit: string }
