import type { FaultCase, Tally } from '../harness/fault-case.ts'
import { once } from '../harness/once.ts'
import { survive } from '../harness/survive.ts'

const TERMS = { silos: 3, rounds: 4 }
const TIMEOUT_MS = 180_000
const TEN_MINUTES_MS = 600_000

/** A clock that is ten minutes fast or slow: of one silo, and of the aggregator. */
export const clock: FaultCase = async () => {
  const tallies: Tally[] = []
  for (const name of ['silo-1', 'aggregator']) {
    for (const offset of [TEN_MINUTES_MS, -TEN_MINUTES_MS]) {
      const fault = await survive(TERMS, () => ({
        timeoutMs: TIMEOUT_MS,
        envOf: (one) =>
          one.name === name ? { FEDNODE_DEBUG_CLOCK_OFFSET_MS: String(offset) } : {},
      }))
      const way = offset > 0 ? 'fast' : 'slow'
      tallies.push(once(`clock 10 min ${way} ${name === 'aggregator' ? name : 'silo'}`, fault))
    }
  }
  return tallies
}
