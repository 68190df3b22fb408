import { openDatabase } from '@fednode/aggregator'
import type { AllianceBallot } from '@fednode/contracts'
import { type BlobRef, type Cid, isCid } from '@fednode/protocol'
import { z } from 'zod'
import { AllianceError } from './alliance-error.ts'

/** SQL of each version; never edit one that was released. */
const MIGRATIONS: readonly string[] = [
  `CREATE TABLE consent (id INTEGER PRIMARY KEY CHECK (id = 1), manifest TEXT NOT NULL, given_at INTEGER NOT NULL) STRICT;
   CREATE TABLE contribution (round INTEGER PRIMARY KEY, cid TEXT NOT NULL, size INTEGER NOT NULL) STRICT;
   CREATE TABLE vote (
     round INTEGER PRIMARY KEY,
     digest TEXT NOT NULL, score INTEGER NOT NULL, approved TEXT NOT NULL, loss_before TEXT NOT NULL, loss_after TEXT NOT NULL,
     salt TEXT NOT NULL
   ) STRICT;
   CREATE TABLE model (cid TEXT PRIMARY KEY) STRICT;`,
]

type HexText = `0x${string}`

/** A vote and what hides it until it is revealed. */
export type KeptVote = {
  readonly ballot: AllianceBallot
  /** 32 random bytes. */
  readonly salt: HexText
}

/**
 * What a node of an alliance must not forget. Every write is on the disk when its call returns (T44), and comes before the transaction
 * that it belongs to: whoever has committed can reveal, whatever happens to the process in between.
 */
export type AllianceJournal = {
  saveConsent(manifest: Cid, at: number): void
  consent(): { readonly manifest: Cid; readonly at: number } | undefined
  saveContribution(round: number, ref: BlobRef): void
  contribution(round: number): BlobRef | undefined
  /** Keeps the first vote of a round and answers with that: a second one could not be revealed. */
  saveVote(round: number, vote: KeptVote): KeptVote
  vote(round: number): KeptVote | undefined
  saveModel(cid: Cid): void
  forgetModel(cid: Cid): void
  /** Global models that members may have. */
  models(): readonly Cid[]
  close(): void
}

const cid = z.custom<Cid>(isCid)
const digest = z.custom<HexText>((text) => /^0x[0-9a-f]{64}$/.test(String(text)))
const natural = z
  .string()
  .regex(/^\d{1,20}$/)
  .transform(BigInt)
const consentSchema = z.strictObject({ manifest: cid, given_at: z.int() })
const contributionSchema = z.strictObject({ cid, size: z.int().positive() })
const voteSchema = z.strictObject({
  digest,
  score: z.union([z.literal(1), z.literal(-1)]),
  approved: natural,
  loss_before: natural,
  loss_after: natural,
  salt: digest,
})
const modelSchema = z.strictObject({ cid })

/** Opens or creates the journal of one node in one alliance. @throws {JournalError} JOURNAL_TOO_NEW, JOURNAL_CORRUPT. */
export function createAllianceJournal(path: string): AllianceJournal {
  const database = openDatabase(path, { migrations: MIGRATIONS })
  const sql = (text: string) => database.prepare(text)
  const parse = <T>(schema: z.ZodType<T>, row: unknown): T => parseRow(schema, row, path)
  const saveConsent = sql(
    'INSERT INTO consent (id, manifest, given_at) VALUES (1, ?, ?) ON CONFLICT (id) DO UPDATE SET manifest = excluded.manifest, given_at = excluded.given_at',
  )
  const consent = sql('SELECT manifest, given_at FROM consent')
  const saveContribution = sql(
    'INSERT INTO contribution (round, cid, size) VALUES (?, ?, ?) ON CONFLICT (round) DO UPDATE SET cid = excluded.cid, size = excluded.size',
  )
  const contribution = sql('SELECT cid, size FROM contribution WHERE round = ?')
  const saveVote = sql(
    'INSERT INTO vote (round, digest, score, approved, loss_before, loss_after, salt) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (round) DO NOTHING',
  )
  const vote = sql(
    'SELECT digest, score, approved, loss_before, loss_after, salt FROM vote WHERE round = ?',
  )
  const saveModel = sql('INSERT INTO model (cid) VALUES (?) ON CONFLICT DO NOTHING')
  const forgetModel = sql('DELETE FROM model WHERE cid = ?')
  const models = sql('SELECT cid FROM model')
  const keptVote = (round: number): KeptVote | undefined => {
    const row = vote.get(round)
    return row === undefined ? undefined : voteOf(parse(voteSchema, row))
  }
  return {
    saveConsent: (manifest, at) => void saveConsent.run(manifest, at),
    consent() {
      const row = consent.get()
      if (row === undefined) return undefined
      const { manifest, given_at: at } = parse(consentSchema, row)
      return { manifest, at }
    },
    saveContribution: (round, ref) => void saveContribution.run(round, ref.cid, ref.size),
    contribution(round) {
      const row = contribution.get(round)
      return row === undefined ? undefined : parse(contributionSchema, row)
    },
    saveVote(round, { ballot, salt }) {
      const losses = [String(ballot.lossBefore), String(ballot.lossAfter)] as const
      saveVote.run(round, ballot.digest, ballot.score, String(ballot.approved), ...losses, salt)
      const kept = keptVote(round)
      if (kept === undefined) throw corrupt(path)
      return kept
    },
    vote: keptVote,
    saveModel: (model) => void saveModel.run(model),
    forgetModel: (model) => void forgetModel.run(model),
    models: () => models.all().map((row) => parse(modelSchema, row).cid),
    close() {
      if (database.isOpen) database.close()
    },
  }
}

function voteOf(row: z.infer<typeof voteSchema>): KeptVote {
  const { digest: voted, score, approved, loss_before, loss_after, salt } = row
  const ballot = { digest: voted, score, approved, lossBefore: loss_before, lossAfter: loss_after }
  return { ballot, salt }
}

function parseRow<T>(schema: z.ZodType<T>, row: unknown, path: string): T {
  const result = schema.safeParse(row)
  if (result.success) return result.data
  throw corrupt(path)
}

function corrupt(path: string): AllianceError {
  return new AllianceError(
    `${path}: a row does not have the form that fednode writes; restore it from a backup`,
    { code: 'ALLIANCE_JOURNAL_CORRUPT', path },
  )
}
