import { setTimeout as sleep } from 'node:timers/promises'
import type { FaultCase } from '../harness/fault-case.ts'
import type { Federation } from '../harness/federation.ts'
import { seededRandom } from '../harness/seeded-random.ts'
import { survive } from '../harness/survive.ts'

const SEED = 8
const TERMS = { silos: 3, rounds: 12 }
/** Steps that are left alone at the start, in which the silos register and the lease is taken. */
const QUIET_STEPS = 6
/** Steps between two reorgs, at most; the tries of one federation. */
const MOST_STEPS_BETWEEN = 4
const FEDERATIONS = 2
const DEEPEST = 4
/** More than the deepest reorg takes back. */
const CONFIRMATIONS = 8
/** Time between two blocks. */
const BLOCK_MS = 400
const LOOK_MS = 10
const TIMEOUT_MS = 240_000

/** `anvil_reorg` right after steps of the queue: their transactions, and some before them, never happened (T52). */
export const reorg: FaultCase = async () => {
  const random = seededRandom(SEED)
  const notes: string[] = []
  let [tried, survived] = [0, 0]
  for (let count = 0; count < FEDERATIONS; count++) {
    let done = 0
    const fault = await survive(
      TERMS,
      (federation) => ({
        timeoutMs: TIMEOUT_MS,
        async disturb() {
          done = await takeBackAtSteps(federation, random)
        },
      }),
      { leading: ['--confirmations', String(CONFIRMATIONS)] },
    )
    tried += done
    if (fault === undefined) survived += done
    else notes.push(fault)
  }
  return [{ fault: 'chain reorg', tried, survived, notes }]
}

/** Adds blocks until the aggregator has ended, and takes some back now and then. @returns how often. */
async function takeBackAtSteps(
  { aggregator, chain }: Federation,
  random: () => number,
): Promise<number> {
  let next = QUIET_STEPS
  let times = 0
  let minedAt = performance.now()
  while (aggregator.isRunning()) {
    const steps = aggregator.events.filter(({ type }) => type === 'anchored').length
    if (steps >= next) {
      await chain.takeBack(1 + Math.floor(random() * DEEPEST))
      times++
      next = steps + 1 + Math.floor(random() * MOST_STEPS_BETWEEN)
    } else if (performance.now() - minedAt >= BLOCK_MS) {
      await chain.mine()
      minedAt = performance.now()
    }
    await sleep(LOOK_MS)
  }
  return times
}
