import { randomBytes } from 'node:crypto'
import {
  type ChainAccount,
  ChainError,
  commitScores,
  NO_SCORE,
  readSeat,
  readTask,
  readTaskRounds,
  revealScores,
  scoreCommitment,
  type Task,
  type TaskRound,
} from '../../packages/contracts/src/index.ts'
import { createRandom } from '../../packages/engine/src/index.ts'
import type { ArenaScene } from './arena-scene.ts'
import type { Manner } from './cast.ts'

const LOOK_MS = 150
const BEST = 10_000

/** What is seen before one commits: the models' nodes, and every round that is over. */
type Sight = { readonly entries: Task['entries']; readonly over: readonly TaskRound[] }

/** A score of each model, by somebody who fetched none. */
type Guess = (sight: Sight) => readonly number[]

/** Validates without looking at a model until the task has finished: commits to guesses, and reveals them. */
export async function judgeBlindly(
  account: ChainAccount,
  scene: Pick<ArenaScene, 'network' | 'task'>,
  guess: Guess,
): Promise<void> {
  const { network, task } = scene
  const { registry } = network.contracts
  const place = { registry, task }
  const salt = `0x${randomBytes(32).toString('hex')}` as const
  const said = new Map<number, readonly number[]>()

  async function look(): Promise<boolean> {
    const now = await readTask(account, place)
    if (now === undefined || now.phase === 'finished') return true
    if (now.phase !== 'voting') return false
    const { round, entries } = now
    const validator = account.address
    const own = await readSeat(account, { ...place, round, validator })
    if (own === undefined || own.models.length === 0 || own.revealed) return false
    const { seat, models, committed } = own
    if (!committed) {
      const over = await readTaskRounds(account, { ...place, fromBlock: network.since })
      const all = guess({ entries, over })
      const scores = all.map((score, model) => (models.includes(model) ? score : NO_SCORE))
      said.set(round, scores)
      const vote = { chainId: account.chainId, ...place, round, validator, scores, salt }
      await commitScores(account, { ...place, seat, commitment: scoreCommitment(vote) })
    } else {
      const scores = said.get(round) ?? []
      await revealScores(account, { ...place, seat, scores, salt })
    }
    return false
  }

  for (;;) {
    try {
      if (await look()) return
    } catch (error) {
      // Too early or too late: the next look tells.
      if (!(error instanceof ChainError)) throw error
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  }
}

/**
 * How somebody guesses. Who is lazy knows how an earlier task on the same data went: of a node's model it says the last consensus, and what
 * models gained in that round of the earlier task; of the first ones, how good they were there on average.
 * @param knows - `earlier`: mean consensus of each round of that task.
 */
export function guessOf(
  manner: Exclude<Manner, 'honest'>,
  knows: { readonly earlier: readonly number[]; readonly seed: number },
): Guess {
  if (manner === 'random') {
    const random = createRandom(knows.seed)
    return ({ entries }) => entries.map(() => Math.floor(random.uniform() * (BEST + 1)))
  }
  return ({ entries, over }) => {
    const last = over.findLast(({ result }) => result === 'counted')
    const usual = knows.earlier[over.length] ?? 0
    const gain = usual - (knows.earlier[over.length - 1] ?? usual)
    return entries.map(({ node }) => {
      const found = last?.models.find((model) => model.node === node)?.consensus
      return bounded(found === undefined || found === NO_SCORE ? usual : found + gain)
    })
  }
}

function bounded(score: number): number {
  return Math.min(BEST, Math.max(0, Math.round(score)))
}
