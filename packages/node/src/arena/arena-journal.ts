import { openDatabase } from '@fednode/aggregator'
import { type BlobRef, type Cid, isCid } from '@fednode/protocol'
import { z } from 'zod'
import { ArenaError } from './arena-error.ts'

/** Name of the journal in a task's directory. */
export const ARENA_JOURNAL_FILE = 'arena.sqlite'

/** SQL of each version; never edit one that was released. */
const MIGRATIONS: readonly string[] = [
  `CREATE TABLE consent (id INTEGER PRIMARY KEY CHECK (id = 1), manifest TEXT NOT NULL, given_at INTEGER NOT NULL) STRICT;
   CREATE TABLE model (round INTEGER PRIMARY KEY, cid TEXT NOT NULL, size INTEGER NOT NULL, submitted INTEGER NOT NULL DEFAULT 0) STRICT;
   CREATE TABLE vote (round INTEGER PRIMARY KEY, scores TEXT NOT NULL, salt TEXT NOT NULL) STRICT;`,
]

type HexText = `0x${string}`

/** Scores and what hides them until they are revealed. */
export type KeptScores = {
  /** One per model: 0 to 10,000, or NO_SCORE. */
  readonly scores: readonly number[]
  /** 32 random bytes. */
  readonly salt: HexText
}

/** A model of one's own, by the round that it was made for, and whether it is known to be submitted. */
export type KeptModel = BlobRef & { readonly round: number; readonly isSubmitted: boolean }

/**
 * What a member of a task must not forget. Every write is on the disk when its call returns (T44), and comes before the transaction that
 * it belongs to: whoever has committed can reveal, whatever happens to the process in between.
 */
export type ArenaJournal = {
  saveConsent(manifest: Cid, at: number): void
  consent(): { readonly manifest: Cid; readonly at: number } | undefined
  saveModel(round: number, ref: BlobRef): void
  /** The round's model is on the chain: whatever is there later was put there on purpose. */
  saveSubmitted(round: number): void
  /** The last one that was made. */
  lastModel(): KeptModel | undefined
  /** Keeps the first scores of a round and answers with those: second ones could not be revealed. */
  saveScores(round: number, scores: KeptScores): KeptScores
  scores(round: number): KeptScores | undefined
  close(): void
}

const MAX_SCORE = 65_535
const cid = z.custom<Cid>(isCid)
const consentSchema = z.strictObject({ manifest: cid, given_at: z.int() })
const modelSchema = z.strictObject({
  round: z.int(),
  cid,
  size: z.int().positive(),
  submitted: z.union([z.literal(0), z.literal(1)]),
})
const scoresSchema = z.array(z.int().min(0).max(MAX_SCORE)).min(1)
const voteSchema = z.strictObject({
  scores: z.string(),
  salt: z.custom<HexText>((text) => /^0x[0-9a-f]{64}$/.test(String(text))),
})

/** Opens or creates the journal of one member of one task. @throws {JournalError} JOURNAL_TOO_NEW, JOURNAL_CORRUPT. */
export function createArenaJournal(path: string): ArenaJournal {
  const database = openDatabase(path, { migrations: MIGRATIONS })
  const sql = (text: string) => database.prepare(text)
  const saveConsent = sql(
    'INSERT INTO consent (id, manifest, given_at) VALUES (1, ?, ?) ON CONFLICT (id) DO UPDATE SET manifest = excluded.manifest, given_at = excluded.given_at',
  )
  const consent = sql('SELECT manifest, given_at FROM consent')
  const saveModel = sql(
    'INSERT INTO model (round, cid, size) VALUES (?, ?, ?) ON CONFLICT (round) DO UPDATE SET cid = excluded.cid, size = excluded.size',
  )
  const saveSubmitted = sql('UPDATE model SET submitted = 1 WHERE round = ?')
  const lastModel = sql('SELECT round, cid, size, submitted FROM model ORDER BY round DESC LIMIT 1')
  const saveVote = sql(
    'INSERT INTO vote (round, scores, salt) VALUES (?, ?, ?) ON CONFLICT (round) DO NOTHING',
  )
  const vote = sql('SELECT scores, salt FROM vote WHERE round = ?')
  const keptScores = (round: number): KeptScores | undefined => {
    const row = vote.get(round)
    if (row === undefined) return undefined
    const { scores, salt } = parseRow(voteSchema, row, path)
    return { scores: parseRow(scoresSchema, parseJson(scores), path), salt }
  }
  return {
    saveConsent: (manifest, at) => void saveConsent.run(manifest, at),
    consent() {
      const row = consent.get()
      if (row === undefined) return undefined
      const { manifest, given_at: at } = parseRow(consentSchema, row, path)
      return { manifest, at }
    },
    saveModel: (round, ref) => void saveModel.run(round, ref.cid, ref.size),
    saveSubmitted: (round) => void saveSubmitted.run(round),
    lastModel() {
      const row = lastModel.get()
      if (row === undefined) return undefined
      const { submitted, ...model } = parseRow(modelSchema, row, path)
      return { ...model, isSubmitted: submitted === 1 }
    },
    saveScores(round, { scores, salt }) {
      saveVote.run(round, JSON.stringify(scores), salt)
      const kept = keptScores(round)
      if (kept === undefined) throw corrupt(path)
      return kept
    },
    scores: keptScores,
    close() {
      if (database.isOpen) database.close()
    },
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function parseRow<T>(schema: z.ZodType<T>, row: unknown, path: string): T {
  const result = schema.safeParse(row)
  if (result.success) return result.data
  throw corrupt(path)
}

function corrupt(path: string): ArenaError {
  return new ArenaError(
    `${path}: a row does not have the form that fednode writes; restore it from a backup`,
    { code: 'ARENA_JOURNAL_CORRUPT', path },
  )
}
