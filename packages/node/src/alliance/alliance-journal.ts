import type { AllianceBallot } from '@fednode/contracts'
import { type BlobRef, type Cid, isCid } from '@fednode/protocol'
import { z } from 'zod'
import {
  type BallotJournal,
  type HowOpen,
  type KeptVote,
  openBallotJournal,
} from '../voting/ballot-journal.ts'

/** Name of the journal in an alliance's directory. */
export const ALLIANCE_JOURNAL_FILE = 'alliance.sqlite'

/** SQL of what a node keeps besides its votes; never edit it once it was released. */
const TABLES = `CREATE TABLE contribution (round INTEGER PRIMARY KEY, cid TEXT NOT NULL, size INTEGER NOT NULL) STRICT;
CREATE TABLE model (cid TEXT PRIMARY KEY) STRICT;
CREATE TABLE settled (round INTEGER PRIMARY KEY, model TEXT NOT NULL) STRICT;`

/** A vote and what hides it until it is revealed. */
export type KeptBallot = KeptVote<AllianceBallot>

/** What a node of an alliance must not forget: its votes and salts, contributions and global models. */
export type AllianceJournal = BallotJournal<AllianceBallot> & {
  saveContribution(round: number, ref: BlobRef): void
  contribution(round: number): BlobRef | undefined
  saveModel(cid: Cid): void
  forgetModel(cid: Cid): void
  /** Global models that members may have. */
  models(): readonly Cid[]
  /** A round is over, and this is the global model after it, which need not be here. */
  saveSettled(round: number, model: Cid): void
  /** Rounds that this node saw the end of, the latest first. */
  settled(): readonly SettledRound[]
}

/** The global model after a round. */
export type SettledRound = { readonly round: number; readonly model: Cid }

const cid = z.custom<Cid>(isCid)
const natural = z
  .string()
  .regex(/^\d{1,20}$/)
  .transform(BigInt)
const ballotSchema = z.strictObject({
  digest: z.custom<AllianceBallot['digest']>((text) => /^0x[0-9a-f]{64}$/.test(String(text))),
  score: z.union([z.literal(1), z.literal(-1)]),
  approved: natural,
  lossBefore: natural,
  lossAfter: natural,
})
const contributionSchema = z.strictObject({ cid, size: z.int().positive() })
const modelSchema = z.strictObject({ cid })
const settledSchema = z.strictObject({ round: z.int().positive(), model: cid })

/** Opens or creates the journal of one node in one alliance. @throws {JournalError} JOURNAL_TOO_NEW, JOURNAL_CORRUPT. */
export function createAllianceJournal(path: string, how?: HowOpen): AllianceJournal {
  const form = { tables: TABLES, encode: textsOf, schema: ballotSchema }
  const { journal, sql, parse } = openBallotJournal<AllianceBallot>(path, form, how)
  const saveContribution = sql(
    'INSERT INTO contribution (round, cid, size) VALUES (?, ?, ?) ON CONFLICT (round) DO UPDATE SET cid = excluded.cid, size = excluded.size',
  )
  const contribution = sql('SELECT cid, size FROM contribution WHERE round = ?')
  const saveModel = sql('INSERT INTO model (cid) VALUES (?) ON CONFLICT DO NOTHING')
  const forgetModel = sql('DELETE FROM model WHERE cid = ?')
  const models = sql('SELECT cid FROM model')
  const saveSettled = sql(
    'INSERT INTO settled (round, model) VALUES (?, ?) ON CONFLICT (round) DO NOTHING',
  )
  const settled = sql('SELECT round, model FROM settled ORDER BY round DESC')
  return {
    ...journal,
    saveContribution: (round, ref) => void saveContribution.run(round, ref.cid, ref.size),
    contribution(round) {
      const row = contribution.get(round)
      return row === undefined ? undefined : parse(contributionSchema, row)
    },
    saveModel: (model) => void saveModel.run(model),
    forgetModel: (model) => void forgetModel.run(model),
    models: () => models.all().map((row) => parse(modelSchema, row).cid),
    saveSettled: (round, model) => void saveSettled.run(round, model),
    settled: () => settled.all().map((row) => parse(settledSchema, row)),
  }
}

/** JSON has no bigint. */
function textsOf({ approved, lossBefore, lossAfter, ...rest }: AllianceBallot) {
  const texts = { approved: String(approved), lossBefore: String(lossBefore) }
  return { ...rest, ...texts, lossAfter: String(lossAfter) }
}
