import { createEngine } from '../packages/engine/src/index.ts'
import { hasSharedData } from '../test/lab/data/shared-data.ts'
import { CASTS } from './arena/cast.ts'
import { playInProcess } from './arena/play-in-process.ts'
import { playInProcesses } from './arena/play-in-processes.ts'
import { rowsOfArena } from './arena/rows-of-arena.ts'
import type { ArenaPlayed } from './arena/standings.ts'
import type { BenchRow } from './rows.ts'

const ROUNDS = 6
const SEEDS = 3

/**
 * A task of the arena on MNIST: six nodes with 60 to 600 digits each, four validators, one of them lazy, one random, or both; six rounds,
 * a pot of 12,000 FDN, stakes of 10,000. What everybody earned and lost, how far the consensus was from the true accuracy, and whether who
 * does not look ends poorer than who does. `--only CASE` for one, `--seeds N` for other than three, `--long` with `fednode join` as a process
 * of its own for everybody but those who do not look, who are accounts.
 */
export async function run(options: {
  readonly only?: string
  readonly seeds?: number
  readonly long?: boolean
}): Promise<readonly BenchRow[]> {
  if (!hasSharedData('mnist')) {
    console.error('arena: ../shared/data/mnist is not on this machine')
    return []
  }
  const engine = await createEngine({ backend: 'wasm' })
  const play = options.long === true ? playInProcesses : playInProcess
  const seeds = Array.from({ length: options.seeds ?? SEEDS }, (_, at) => at + 1)
  // What who is lazy knows beforehand.
  const [clean] = Object.values(CASTS)
  if (clean === undefined) return []
  const before = await playInProcess(engine, {
    cast: clean,
    rounds: ROUNDS,
    seed: 100,
    earlier: [],
  })
  const earlier = meanScores(before)
  const rows: BenchRow[] = []
  for (const [name, cast] of Object.entries(CASTS)) {
    if (options.only !== undefined && options.only !== name) continue
    const played: ArenaPlayed[] = []
    for (const seed of seeds) {
      played.push(await play(engine, { cast, rounds: ROUNDS, seed, earlier }))
      console.error(`arena: ${name}, seed ${seed}`)
    }
    rows.push(...rowsOfArena(name, played))
  }
  return rows
}

function meanScores({ rounds }: ArenaPlayed): readonly number[] {
  return rounds.map(
    ({ models }) => models.reduce((sum, { consensus }) => sum + consensus, 0) / models.length,
  )
}
