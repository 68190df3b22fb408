import type { AllianceRound, TaskRound } from '@fednode/contracts'
import type { NetworkFacts, NodeFacts } from '../../../../src/local/network/network-facts.ts'

const DIGEST = `0x${'ab'.repeat(32)}` as const
const OTHER = `0x${'cd'.repeat(32)}` as const

/** Address of the node at `index`. */
export const addressOf = (index: number): `0x${string}` =>
  `0x${String(index + 1).padStart(40, 'A')}`

const node = (name: string, index: number, more: Partial<NodeFacts> = {}): NodeFacts => ({
  name,
  role: 'alliance',
  rows: '500 digits',
  account: addressOf(index),
  stakeBefore: 1_000n,
  stakeAfter: 1_000n,
  lost: 0n,
  received: 0n,
  ...more,
})

const ballot = (digest: `0x${string}`, score: 1 | -1) => {
  return { digest, score, approved: 1n, lossBefore: 2n, lossAfter: 1n }
}

/** One round of an alliance: ann proposes, ben votes with the majority, cem lies, dora says nothing. */
const ROUND: AllianceRound = {
  proposers: [{ account: addressOf(0), weight: 1n, contribution: DIGEST, approved: true }],
  voters: [
    { account: addressOf(1), weight: 1n, committed: true, ballot: ballot(DIGEST, 1) },
    { account: addressOf(2), weight: 1n, committed: true, ballot: ballot(DIGEST, -1) },
    { account: addressOf(3), weight: 1n, committed: true, ballot: undefined },
  ],
  verdict: 'accepted',
  digest: DIGEST,
}

const TASK: TaskRound = {
  round: 1,
  result: 'counted',
  models: [
    { node: addressOf(4), model: DIGEST, consensus: 5_000, reward: 30n },
    { node: addressOf(5), model: OTHER, consensus: 8_000, reward: 50n },
  ],
  validators: [{ validator: addressOf(6), scores: [5_100, 7_900], reward: 20n }],
}

/** What a chain says of seven nodes: four of an alliance, three of the arena. */
export function networkFacts(): NetworkFacts {
  return {
    nodes: [
      node('ann', 0, { received: 60n }),
      // Brought cem's and dora's penalties: 1 wei each.
      node('ben', 1, { received: 42n }),
      node('cem', 2, { attack: 'lying-votes', lost: 10n, stakeAfter: 990n }),
      node('dora', 3, { lost: 20n, stakeAfter: 980n }),
      node('tom', 4, { role: 'arena-node', received: 30n }),
      node('uma', 5, { role: 'arena-node', received: 50n }),
      node('eve', 6, { role: 'arena-validator', received: 20n }),
    ],
    rounds: [ROUND],
    ledger: [
      { round: 1, account: addressOf(0), kind: 'earned', amount: 60n },
      { round: 1, account: addressOf(1), kind: 'earned', amount: 40n },
      { round: 1, account: addressOf(2), kind: 'minority', amount: 10n },
      { round: 1, account: addressOf(3), kind: 'missed', amount: 20n },
    ],
    task: TASK,
    emission: { days: 1n, minted: 100n, tasks: 90n, treasury: 10n },
  }
}
