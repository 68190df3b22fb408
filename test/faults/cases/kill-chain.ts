import { setTimeout as sleep } from 'node:timers/promises'
import { FAULT_STEPS } from '../../../packages/node/src/debug/fault-step.ts'
import type { FaultCase } from '../harness/fault-case.ts'
import { roundOf } from '../harness/play.ts'
import { seededRandom, shuffled } from '../harness/seeded-random.ts'
import { survive } from '../harness/survive.ts'

const SEED = 6
const TERMS = { silos: 3, rounds: 12 }
const QUIET_ROUNDS = 1
const FEDERATIONS = 3
const TIMEOUT_MS = 240_000
/** How long nobody answers: longer than the first tries of the queue. */
const OUTAGE_MS = 1_500

/** `kill -9` of anvil while the aggregator stands at each of its steps; it comes back with its state, as a node with a disk does. */
export const killChainAtEveryStep: FaultCase = async () => {
  const own = FAULT_STEPS.filter((step) => step.startsWith('aggregator.'))
  const random = seededRandom(SEED)
  const notes: string[] = []
  let [tried, survived] = [0, 0]
  for (let count = 0; count < FEDERATIONS; count++) {
    const open = shuffled(own, random)
    let killed = 0
    const fault = await survive(TERMS, (federation) => ({
      timeoutMs: TIMEOUT_MS,
      envOf: ({ name }) => (name === 'aggregator' ? freezeAt(open) : {}),
      async onFrozen(aggregator) {
        if (roundOf(federation) > TERMS.rounds - QUIET_ROUNDS) return
        killed++
        await federation.chain.kill()
        aggregator.signal('SIGCONT')
        await sleep(OUTAGE_MS)
        await federation.chain.restart()
      },
    }))
    tried += killed
    if (fault === undefined) survived += killed
    else notes.push(fault)
  }
  return [{ fault: 'kill -9 anvil', tried, survived, notes }]
}

/** One life freezes once at every step that is left, at a later occurrence each, so that the chain is back in between. */
function freezeAt(steps: readonly string[]): Readonly<Record<string, string>> {
  const orders = steps.map((step, index) => `freeze@${step}:${1 + Math.floor(index / 2)}`)
  return { FEDNODE_DEBUG_FAULTS: orders.join(',') }
}
