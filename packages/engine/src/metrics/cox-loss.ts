import type { Survival } from './concordance-index.ts'

/**
 * Negative log partial likelihood (Cox 1972) per event in f64, ties as Breslow 1974; 0 without an event, NaN where a risk is. O(n log n).
 */
export function coxLoss(risks: Float64Array, { times, observed }: Survival): number {
  const latestFirst = Uint32Array.from(times.keys()).sort(
    (a, b) => (times[b] as number) - (times[a] as number),
  )
  let atRisk = Number.NEGATIVE_INFINITY
  let loss = 0
  let events = 0
  for (let start = 0; start < latestFirst.length; ) {
    const end = endOfTime(latestFirst, start, times)
    const tied = latestFirst.subarray(start, end)
    for (const row of tied) atRisk = logSum(atRisk, risks[row] as number)
    for (const row of tied) {
      if (observed[row] === 0) continue
      loss += atRisk - (risks[row] as number)
      events++
    }
    start = end
  }
  return events === 0 ? 0 : loss / events
}

function endOfTime(order: Uint32Array, start: number, times: Float64Array): number {
  const time = times[order[start] as number]
  let end = start + 1
  while (end < order.length && times[order[end] as number] === time) end++
  return end
}

/** log(exp(a) + exp(b)). */
function logSum(a: number, b: number): number {
  if (a === Number.NEGATIVE_INFINITY) return b
  return Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)))
}
