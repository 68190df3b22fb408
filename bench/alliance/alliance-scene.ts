import {
  type ChainAccount,
  type ChainReader,
  createAlliance,
  type Network,
  ONE_TOKEN,
  readAllianceMoney,
  readEarned,
  readPosition,
} from '../../packages/contracts/src/index.ts'
import type { Dataset } from '../../packages/engine/src/index.ts'
import type { ChainManifest } from '../../packages/protocol/src/index.ts'
import { loadMnist } from '../../test/lab/data/mnist.ts'
import { splitDigits } from '../../test/lab/split-digits.ts'
import { digitsManifest } from './digits-manifest.ts'

export const NODES = 8
/** What each node puts in, wei. */
export const STAKE = 10_000n * ONE_TOKEN
/** Two liars of five voters cannot outvote the others. */
const [PROPOSERS, VOTERS] = [3, 5] as const
const POOL = 20_000n * ONE_TOKEN
const WINDOW = 3_600
const ROWS_PER_NODE = 2_000
/** Dirichlet concentration: all have some of every digit. */
const EVEN = 1_000

/** Two epochs a round, of steps that become small, so that a model that is as good as it gets stays so. */
export function allianceManifest(rounds: number, seed: number): ChainManifest {
  return {
    ...digitsManifest(rounds),
    training: {
      optimizer: 'sgd',
      learningRate: 0.2,
      schedule: { kind: 'cosine', least: 0.05 },
      batchSize: 32,
      epochs: 2,
    },
    seed,
  }
}

/** 2,000 digits for each node, and 10,000 of other writers to test with. */
export function dealDigits(seed: number): {
  readonly silos: readonly Dataset[]
  readonly test: Dataset
} {
  const { train, test } = loadMnist()
  const deal = { silos: NODES, rowsPerSilo: ROWS_PER_NODE, alpha: EVEN, seed }
  return { silos: splitDigits(train, deal), test }
}

/** The alliance, on a network that is there. */
export function foundAlliance(
  founder: ChainAccount,
  { contracts }: Pick<Network, 'contracts'>,
  about: {
    readonly manifest: `0x${string}`
    readonly model: `0x${string}`
    readonly rounds: number
  },
): Promise<{ readonly id: bigint; readonly task: bigint }> {
  return createAlliance(founder, {
    alliance: contracts.alliance,
    terms: {
      ...about,
      minParticipants: NODES,
      maxParticipants: NODES,
      proposers: PROPOSERS,
      voters: VOTERS,
      contributeWindow: WINDOW,
      commitWindow: WINDOW,
      revealWindow: WINDOW,
      minStake: STAKE / 2n,
    },
    pool: POOL,
  })
}

/** What was earned, claimed or not, less what was slashed of the stake. */
export async function gainOf(
  reader: ChainReader,
  { contracts }: Pick<Network, 'contracts'>,
  of: { readonly id: bigint; readonly task: bigint; readonly account: `0x${string}` },
): Promise<bigint> {
  const { id, task, account } = of
  const { stakeManager, alliance } = contracts
  const position = { operator: account, role: 'alliance', task } as const
  const found = await readPosition(reader, { stakeManager, position })
  const claimed = await readEarned(reader, { stakeManager, owner: account })
  const { earned } = await readAllianceMoney(reader, { alliance, id, account })
  return (found?.own ?? 0n) - STAKE + claimed + earned
}
