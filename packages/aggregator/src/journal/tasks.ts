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
  voided: z.int(),
})

/** What a mined step cost. */
export type TaskOutcome = {
  readonly hash?: string
  readonly gas: number
  readonly seconds: number
  /** The chain voided the round before or instead. */
  readonly voided?: boolean
}

/** The durable queue of steps on the chain. */
export type TaskTable = {
  /** All steps, oldest first; of one round when given. */
  tasks(round?: number): readonly ChainTask[]
  /** The oldest step that is not done. */
  nextTask(): ChainTask | undefined
  /** Counts a try, before it is made: whoever comes after a crash knows that something may have been sent. */
  startTask(id: number): void
  finishTask(id: number, outcome: TaskOutcome): void
  /** A step that was done is to be done again, or found; it counts as tried. */
  reopenTask(id: number): void
  /** Keeps the sentence of a failed try for `aggregator status`. */
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
    startTask(id) {
      database.prepare('UPDATE chain_task SET attempts = attempts + 1 WHERE id = ?').run(id)
    },
    finishTask(id, { hash, gas, seconds, voided = false }) {
      database
        .prepare(
          'UPDATE chain_task SET done = 1, error = NULL, hash = ?, gas = ?, seconds = ?, voided = ? WHERE id = ?',
        )
        .run(hash ?? null, gas, seconds, voided ? 1 : 0, id)
    },
    reopenTask(id) {
      database
        .prepare('UPDATE chain_task SET done = 0, attempts = max(attempts, 1) WHERE id = ?')
        .run(id)
    },
    failTask(id, error) {
      database.prepare('UPDATE chain_task SET error = ? WHERE id = ?').run(error, id)
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

/** Counts a try of every step of a round that has none: somebody else may have sent it. */
export function startTasks(database: DatabaseSync, round: number): void {
  database
    .prepare('UPDATE chain_task SET attempts = 1 WHERE round = ? AND attempts = 0 AND done = 0')
    .run(round)
}

/** Ends all steps of a round that is over on the chain; `hash` is of the transaction that ended it. */
export function settleTasks(
  database: DatabaseSync,
  round: number,
  { hash, voided }: { readonly hash: string; readonly voided: boolean },
): void {
  database
    .prepare('UPDATE chain_task SET done = 1, error = NULL, voided = ? WHERE round = ?')
    .run(voided ? 1 : 0, round)
  database
    .prepare("UPDATE chain_task SET hash = ? WHERE round = ? AND step IN ('finalize', 'void')")
    .run(hash, round)
}

function parseTask(row: unknown): ChainTask {
  const { payload, step: _, done, voided, error, hash, ...rest } = rowSchema.parse(row)
  return {
    ...rest,
    work: chainWorkSchema.parse(JSON.parse(payload)),
    done: done === 1,
    voided: voided === 1,
    ...(error === null ? {} : { error }),
    ...(hash === null ? {} : { hash }),
  }
}
