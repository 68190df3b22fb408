import { FAULT_STEPS } from '../../../packages/node/src/debug/fault-step.ts'
import type { CliProcess } from '../harness/cli-process.ts'
import type { FaultCases, Tally } from '../harness/fault-case.ts'
import type { Federation } from '../harness/federation.ts'
import { roundOf, type Script } from '../harness/play.ts'
import { seededRandom, shuffled } from '../harness/seeded-random.ts'
import { survive } from '../harness/survive.ts'

const SEEDS = [5, 6]
const TERMS = { silos: 3, rounds: 12 }
/** Rounds at the end in which nobody is given a new order, so that every federation ends. */
const QUIET_ROUNDS = 1
const LARGEST_OCCURRENCE = 2
/** Reached once in a life. */
const ONCE: readonly string[] = ['aggregator.term-journaled', 'silo.model-saved']
/** Each step is killed at so often for each seed, by each role that reaches it. */
const REPEATS = 2
const MAX_FEDERATIONS = 14
const TIMEOUT_MS = 240_000

type Role = 'silo' | 'aggregator'

/** `kill -9` of silos and of the aggregator, at every named step: a seeded loop, in two parts. */
export const killCases: FaultCases = Object.fromEntries(
  SEEDS.map((seed, index) => [`kill-${index + 1}`, () => killAtEveryStep(seed)]),
)

async function killAtEveryStep(seed: number): Promise<readonly Tally[]> {
  const random = seededRandom(seed)
  const open = { silo: ordersOf('silo', random), aggregator: ordersOf('aggregator', random) }
  const tallies = { silo: newTally(), aggregator: newTally() }
  for (let count = 0; count < MAX_FEDERATIONS; count++) {
    if (open.silo.length + open.aggregator.length === 0) break
    const killed = { silo: 0, aggregator: 0 }
    const fault = await survive(TERMS, (federation) => killing(federation, open, killed))
    for (const role of ['silo', 'aggregator'] as const) {
      tallies[role].tried += killed[role]
      if (fault === undefined) tallies[role].survived += killed[role]
    }
    if (fault !== undefined) tallies.aggregator.notes.push(fault)
  }
  return (['silo', 'aggregator'] as const).map((role): Tally => {
    const left = open[role].length === 0 ? [] : [`not reached: ${open[role].join(' ')}`]
    return { fault: `kill -9 ${role}`, ...tallies[role], notes: [...tallies[role].notes, ...left] }
  })
}

function newTally(): { tried: number; survived: number; notes: string[] } {
  return { tried: 0, survived: 0, notes: [] }
}

/** Every step that a role reaches, some times over, each at an early occurrence. */
function ordersOf(role: Role, random: () => number): string[] {
  const own = FAULT_STEPS.filter((step) => step.startsWith(`${role}.`) || step.startsWith('blob.'))
  const all = Array.from({ length: REPEATS }, () => own).flat()
  return shuffled(all, random).map((step) => {
    const occurrences = ONCE.includes(step) ? 1 : LARGEST_OCCURRENCE
    return `kill@${step}:${1 + Math.floor(random() * occurrences)}`
  })
}

/** Gives every life the next order of its role; one that was not reached goes back. */
function killing(
  federation: Federation,
  open: Record<Role, string[]>,
  killed: Record<Role, number>,
): Script {
  const given = new Map<CliProcess, string>()
  const roleOf = (one: CliProcess): Role => (one.name === 'aggregator' ? 'aggregator' : 'silo')
  const last = TERMS.rounds - QUIET_ROUNDS
  return {
    timeoutMs: TIMEOUT_MS,
    envOf(one) {
      const order = roundOf(federation) < last ? open[roleOf(one)].shift() : undefined
      if (order === undefined) return {}
      given.set(one, order)
      return { FEDNODE_DEBUG_FAULTS: order }
    },
    onKilled(one) {
      killed[roleOf(one)]++
      given.delete(one)
    },
    onEnd() {
      for (const [one, order] of given) open[roleOf(one)].push(order)
    },
  }
}
