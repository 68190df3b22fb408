import { createHash } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import { deserialize, serialize } from 'node:v8'
import type { MarketState } from './fold/market-state.ts'

/** States that are kept: the latest serves restarts, the others reorgs that reach behind it. */
const KEPT_CHECKPOINTS = 3

/** The state after all events up to a block. */
export type Checkpoint = { readonly block: number; readonly state: MarketState }

/** Saved states: a shortcut, never the truth, which is the events. Callers bring the transaction. */
export type CheckpointStore = {
  /** The latest at or before a block; undefined when the events have to be taken from the first. */
  latestUpTo(block: number): Checkpoint | undefined
  save(checkpoint: Checkpoint): void
}

export function createCheckpointStore(database: DatabaseSync): CheckpointStore {
  const find = database.prepare(
    'SELECT * FROM checkpoint WHERE block <= ? ORDER BY block DESC LIMIT 1',
  )
  const insert = database.prepare('INSERT OR REPLACE INTO checkpoint VALUES (?, ?, ?)')
  const prune = database.prepare(
    'DELETE FROM checkpoint WHERE block NOT IN (SELECT block FROM checkpoint ORDER BY block DESC LIMIT ?)',
  )
  return {
    latestUpTo(block) {
      const { block: at, digest, state } = find.get(block) ?? {}
      if (!(digest instanceof Uint8Array) || !(state instanceof Uint8Array)) return undefined
      // Only what this module wrote is brought back to life.
      if (!digestOf(state).equals(digest)) return undefined
      return { block: Number(at), state: deserialize(state) as MarketState }
    },
    save({ block, state }) {
      const bytes = serialize(state)
      insert.run(block, digestOf(bytes), bytes)
      prune.run(KEPT_CHECKPOINTS)
    },
  }
}

function digestOf(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest()
}
