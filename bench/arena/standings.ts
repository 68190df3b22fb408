import {
  readEarned,
  readPosition,
  readPurse,
  readSlashes,
  readTaskRounds,
  type TaskRound,
} from '../../packages/contracts/src/index.ts'
import type { ArenaScene } from './arena-scene.ts'
import type { Manner } from './cast.ts'

/** Somebody who took part. */
export type Member = {
  /** As the table calls it: node-60 trains on 60 digits; honest-1, lazy, random validate. */
  readonly name: string
  readonly address: `0x${string}`
  readonly manner: 'node' | Manner
}

/** What a member has when the task is over; wei. */
export type Standing = Member & {
  /** Rewards of rounds, and parts of others' slashes that it reported. */
  readonly earned: bigint
  /** Slashed of its stake. */
  readonly lost: bigint
  /** Stake that is left, and all that was earned, vested or not. */
  readonly final: bigint
}

/** How a task ended. */
export type ArenaPlayed = {
  readonly standings: readonly Standing[]
  readonly rounds: readonly TaskRound[]
  /** Accuracy of each model on 1,000 digits of other writers, by its digest. */
  readonly quality: ReadonlyMap<string, number>
}

/** Who has what, and how the rounds went. */
export async function readStandings(
  { founder, network, task }: ArenaScene,
  members: readonly Member[],
): Promise<Pick<ArenaPlayed, 'standings' | 'rounds'>> {
  const { registry, stakeManager } = network.contracts
  const standings = await Promise.all(
    members.map(async (member): Promise<Standing> => {
      const { name, address, manner } = member
      const role = manner === 'node' ? 'training-node' : 'validator'
      const position = { operator: address, role, task } as const
      const found = await readPosition(founder, { stakeManager, position })
      const slashes = await readSlashes(founder, { ...network, position })
      const claimed = await readEarned(founder, { stakeManager, owner: address })
      const purse = await readPurse(founder, { registry, task, member: address })
      const earned = claimed + purse.free + purse.locked - purse.drawn
      const lost = slashes.reduce((sum, { own }) => sum + own, 0n)
      return { name, address, manner, earned, lost, final: (found?.own ?? 0n) + earned }
    }),
  )
  const rounds = await readTaskRounds(founder, { registry, task, fromBlock: network.since })
  return { standings, rounds }
}
