import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { evaluationDigest } from '../../packages/aggregator/src/index.ts'
import {
  type ChainAccount,
  type ChainReader,
  createTask,
  fundTask,
  type Network,
  ONE_TOKEN,
  readNetwork,
  stake,
  taskIdOf,
} from '../../packages/contracts/src/index.ts'
import { accountOf } from '../../packages/contracts/test/support/accounts.ts'
import { deployLocalNetwork } from '../../packages/node/src/chain/local-network.ts'
import type { Plan } from '../../packages/node/src/plan/plan.ts'
import { readPlanFile } from '../../packages/node/src/plan/read-plan-file.ts'
import { digestOfCid } from '../../packages/protocol/src/index.ts'
import { digitsManifest } from '../alliance/digits-manifest.ts'
import type { Cast } from './cast.ts'

/** What each member puts in, wei. */
export const STAKE = 10_000n * ONE_TOKEN
const CREATOR_STAKE = 50_000n * ONE_TOKEN
const POT = 12_000n * ONE_TOKEN
/** Nobody waits for it: keepTime goes to a phase's end when all has been done. */
const WINDOW = 3_600
const GAMMA_BPS = 1_000
const MANIFEST_FILE = 'federation.json'

/** A task on a network of its own. */
export type ArenaScene = {
  readonly reader: ChainReader
  readonly founder: ChainAccount
  readonly network: Network
  readonly task: bigint
  readonly rounds: number
  readonly plan: Plan
  /** Where members have their files. */
  readonly directory: string
}

/** Deploys a network and poses one task on it, whose models all validators score. */
export async function foundScene(
  reader: ChainReader,
  terms: {
    readonly directory: string
    readonly rounds: number
    readonly seed: number
    readonly cast: Cast
  },
): Promise<ArenaScene> {
  const { directory, rounds, seed, cast } = terms
  const founder = await accountOf(reader, 'founder')
  const network = await readNetwork(reader, { directory: await deployLocalNetwork(founder) })
  const source = path.join(directory, MANIFEST_FILE)
  await writeFile(source, JSON.stringify({ ...digitsManifest(rounds), seed }))
  const plan = await readPlanFile(source)
  const { registry, stakeManager } = network.contracts
  const position = { stakeManager, role: 'task-creator', task: taskIdOf(registry, 0n) } as const
  await stake(founder, { ...position, amount: CREATOR_STAKE })
  const { task } = await createTask(founder, {
    registry,
    terms: {
      manifest: digestOfCid(plan.cid),
      evaluation: evaluationDigest('accuracy'),
      rounds,
      submitSeconds: WINDOW,
      commitSeconds: WINDOW,
      revealSeconds: WINDOW,
      shareBps: GAMMA_BPS,
      seats: cast.validators.length,
    },
  })
  await fundTask(founder, { registry, task, amount: POT })
  return { reader, founder, network, task, rounds, plan, directory }
}
