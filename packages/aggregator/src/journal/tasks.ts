import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { type ChainTask, type ChainWork, chainWorkSchema } from './chain-task.ts'

const rowSchema = z.strictObject({
  id: z.int(),
  round: z.int(),
  step: z.string(),
  payload: z.string(),
  done: z.int(),
  attempts: z.int(),
  error: z.string().nullable(),
  hash: z.string().nullable(),
  gas: z.int(),
  seconds: z.number(),
})

/** What a mined step cost. */
export type TaskOutcome = {
  readonly hash?: string
  readonly gas: number
  readonly seconds: number
}

/** The durable queue of steps on the chain. */
export type TaskTable = {
  /** All steps, oldest first; of one round when given. */
  tasks(round?: number): readonly ChainTask[]
  /** The oldest step that is not done. */
  nextTask(): ChainTask | undefined
  finishTask(id: number, outcome: TaskOutcome): void
  /** Counts a failed try and keeps its sentence for `aggregator status`. */
  failTask(id: number, error: string): void
}

export function createTaskTable(database: DatabaseSync): TaskTable {
  const all = database.prepare('SELECT * FROM chain_task ORDER BY id')
  const ofRound = database.prepare('SELECT * FROM chain_task WHERE round = ? ORDER BY id')
  const next = database.prepare('SELECT * FROM chain_task WHERE done = 0 ORDER BY id LIMIT 1')
  return {
    tasks: (round) => (round === undefined ? all.all() : ofRound.all(round)).map(parseTask),
    nextTask() {
      const row = next.get()
      return row === undefined ? undefined : parseTask(row)
    },
    finishTask(id, { hash, gas, seconds }) {
      database
        .prepare(
          'UPDATE chain_task SET done = 1, error = NULL, hash = ?, gas = ?, seconds = ? WHERE id = ?',
        )
        .run(hash ?? null, gas, seconds, id)
    },
    failTask(id, error) {
      database
        .prepare('UPDATE chain_task SET attempts = attempts + 1, error = ? WHERE id = ?')
        .run(error, id)
    },
  }
}

/** Adds a step unless the round has it already: a round is funded, asserted and finalized once. */
export function addTask(database: DatabaseSync, round: number, work: ChainWork): void {
  database
    .prepare(
      'INSERT INTO chain_task (round, step, payload) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
    )
    .run(round, work.step, JSON.stringify(work))
}

function parseTask(row: unknown): ChainTask {
  const { payload, step: _, done, error, hash, ...rest } = rowSchema.parse(row)
  return {
    ...rest,
    work: chainWorkSchema.parse(JSON.parse(payload)),
    done: done === 1,
    ...(error === null ? {} : { error }),
    ...(hash === null ? {} : { hash }),
  }
}
