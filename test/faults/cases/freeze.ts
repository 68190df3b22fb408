import { setTimeout as sleep } from 'node:timers/promises'
import type { FaultCase, Tally } from '../harness/fault-case.ts'
import { survive } from '../harness/survive.ts'

const TERMS = { silos: 3, rounds: 4 }
const FROZEN_MS = 30_000
const TIMEOUT_MS = 240_000
const ORDERS = {
  aggregator: 'freeze@aggregator.update-journaled:2,freeze@aggregator.round-announced:6',
  'silo-1': 'freeze@silo.trained:2,freeze@silo.update-announced:3',
} as const

/** SIGSTOP for 30 s, of a silo and of the aggregator, in the middle of a round. */
export const freeze: FaultCase = async () => {
  const tallies: Tally[] = []
  for (const [name, orders] of Object.entries(ORDERS)) {
    let tried = 0
    const fault = await survive(TERMS, () => ({
      timeoutMs: TIMEOUT_MS,
      envOf: (one) => (one.name === name ? { FEDNODE_DEBUG_FAULTS: orders } : {}),
      async onFrozen() {
        tried++
        await sleep(FROZEN_MS)
      },
    }))
    const notes = fault === undefined ? [] : [fault]
    const role = name === 'aggregator' ? name : 'silo'
    tallies.push({
      fault: `SIGSTOP 30 s ${role}`,
      tried,
      survived: fault === undefined ? tried : 0,
      notes,
    })
  }
  return tallies
}
