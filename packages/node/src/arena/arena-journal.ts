import { type BlobRef, type Cid, isCid } from '@fednode/protocol'
import { z } from 'zod'
import { type BallotJournal, type HowOpen, openBallotJournal } from '../voting/ballot-journal.ts'

/** Name of the journal in a task's directory. */
export const ARENA_JOURNAL_FILE = 'arena.sqlite'

/** SQL of what a member keeps besides its votes; never edit it once it was released. */
const TABLES =
  'CREATE TABLE model (round INTEGER PRIMARY KEY, cid TEXT NOT NULL, size INTEGER NOT NULL, submitted INTEGER NOT NULL DEFAULT 0) STRICT;'

/** A score per model: 0 to 10,000, or NO_SCORE. */
type Scores = readonly number[]

/** A model of one's own, by the round that it was made for, and whether it is known to be submitted. */
export type KeptModel = BlobRef & { readonly round: number; readonly isSubmitted: boolean }

/** What a member of a task must not forget: its scores and salts, and models. */
export type ArenaJournal = BallotJournal<Scores> & {
  saveModel(round: number, ref: BlobRef): void
  /** The round's model is on the chain: whatever is there later was put there on purpose. */
  saveSubmitted(round: number): void
  /** The last one that was made. */
  lastModel(): KeptModel | undefined
  /** All that were made, the latest first. */
  models(): readonly KeptModel[]
}

const MAX_SCORE = 65_535
const scoresSchema = z.array(z.int().min(0).max(MAX_SCORE)).min(1)
const modelSchema = z.strictObject({
  round: z.int(),
  cid: z.custom<Cid>(isCid),
  size: z.int().positive(),
  submitted: z.union([z.literal(0), z.literal(1)]),
})

/** Opens or creates the journal of one member of one task. @throws {JournalError} JOURNAL_TOO_NEW, JOURNAL_CORRUPT. */
export function createArenaJournal(path: string, how?: HowOpen): ArenaJournal {
  const form = { tables: TABLES, encode: (scores: Scores) => scores, schema: scoresSchema }
  const { journal, sql, parse } = openBallotJournal<Scores>(path, form, how)
  const saveModel = sql(
    'INSERT INTO model (round, cid, size) VALUES (?, ?, ?) ON CONFLICT (round) DO UPDATE SET cid = excluded.cid, size = excluded.size',
  )
  const saveSubmitted = sql('UPDATE model SET submitted = 1 WHERE round = ?')
  const models = sql('SELECT round, cid, size, submitted FROM model ORDER BY round DESC')
  const modelOf = (row: unknown): KeptModel => {
    const { submitted, ...model } = parse(modelSchema, row)
    return { ...model, isSubmitted: submitted === 1 }
  }
  return {
    ...journal,
    saveModel: (round, ref) => void saveModel.run(round, ref.cid, ref.size),
    saveSubmitted: (round) => void saveSubmitted.run(round),
    lastModel() {
      const row = models.get()
      return row === undefined ? undefined : modelOf(row)
    },
    models: () => models.all().map(modelOf),
  }
}
