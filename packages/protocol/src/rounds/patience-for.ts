/** Part of the observed arrivals that a round waits for. */
const QUANTILE = 0.95
/** How much longer than that, because rows, machines and lines differ from day to day. */
const MARGIN = 1.5
/** Shorter than this nothing is measured reliably, in ms. */
const LEAST_PATIENCE_MS = 1_000

/**
 * How long a round waits for stragglers once enough silos have delivered: 1.5 times what 95 % of the updates of earlier rounds took
 * (nearest rank), late ones included, so that a silo that is slow every time is still waited for and one that is gone is not.
 * @param arrivalsMs - from the opening of its round to the first announcement of each update, in any order.
 * @returns ms from the opening; undefined when nothing was observed yet: then only the deadline ends the wait.
 */
export function patienceFor(arrivalsMs: readonly number[]): number | undefined {
  const sorted = [...arrivalsMs].sort((a, b) => a - b)
  const usual = sorted[Math.ceil(QUANTILE * sorted.length) - 1]
  return usual === undefined ? undefined : Math.max(LEAST_PATIENCE_MS, Math.ceil(MARGIN * usual))
}
