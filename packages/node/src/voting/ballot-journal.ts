import { openDatabase } from '@fednode/aggregator'
import { type Cid, isCid } from '@fednode/protocol'
import { z } from 'zod'
import { type KeptPlace, keptPlaceSchema } from './kept-place.ts'
import { VotingError } from './voting-error.ts'

/** SQL of the tables that every node has that votes; never edit one that was released. */
const TABLES = `CREATE TABLE consent (id INTEGER PRIMARY KEY CHECK (id = 1), manifest TEXT NOT NULL, given_at INTEGER NOT NULL) STRICT;
CREATE TABLE place (id INTEGER PRIMARY KEY CHECK (id = 1), name TEXT NOT NULL, role TEXT NOT NULL, account TEXT NOT NULL, plan BLOB NOT NULL) STRICT;
CREATE TABLE vote (round INTEGER PRIMARY KEY, ballot TEXT NOT NULL, salt TEXT NOT NULL) STRICT;`

type HexText = `0x${string}`

/** What somebody votes, and what hides it until it is revealed. */
export type KeptVote<Ballot> = {
  readonly ballot: Ballot
  /** 32 random bytes. */
  readonly salt: HexText
}

/**
 * What a node that votes must not forget. Every write is on the disk when its call returns (T44), and comes before the transaction that it
 * belongs to: whoever has committed can reveal, whatever happens to the process in between.
 */
export type BallotJournal<Ballot> = {
  saveConsent(manifest: Cid, at: number): void
  consent(): { readonly manifest: Cid; readonly at: number } | undefined
  /** @param plan - the manifest's bytes, of which the chain has the digest only. */
  savePlace(place: KeptPlace, plan: Uint8Array): void
  place(): KeptPlace | undefined
  /** Bytes of the manifest. */
  plan(): Uint8Array | undefined
  /** Keeps the first vote of a round and answers with that: a second one could not be revealed. */
  saveVote(round: number, vote: KeptVote<Ballot>): KeptVote<Ballot>
  vote(round: number): KeptVote<Ballot> | undefined
  /** The last round that was voted in. */
  lastVoted(): number | undefined
  close(): void
}

/** How ballots lie in the journal, and the tables that a node has besides. */
export type BallotForm<Ballot> = {
  readonly tables: string
  /** As JSON may have it: no bigint. */
  encode(ballot: Ballot): unknown
  /** Reads what encode wrote, and refuses all else. */
  readonly schema: z.ZodType<Ballot>
}

/** Whether a journal is written to. */
export type HowOpen = { readonly readOnly: boolean }

/** An open journal, for who adds its own tables. */
export type OpenJournal<Ballot> = {
  readonly journal: BallotJournal<Ballot>
  readonly sql: (text: string) => ReturnType<ReturnType<typeof openDatabase>['prepare']>
  /** @throws {VotingError} BALLOT_JOURNAL_CORRUPT for a row that this version does not write. */
  parse<T>(schema: z.ZodType<T>, row: unknown): T
}

const consentSchema = z.strictObject({ manifest: z.custom<Cid>(isCid), given_at: z.int() })
const planSchema = z.strictObject({ plan: z.instanceof(Uint8Array) })
const lastVotedSchema = z.strictObject({ round: z.int().nullable() })
const voteSchema = z.strictObject({
  ballot: z.string(),
  salt: z.custom<HexText>((text) => /^0x[0-9a-f]{64}$/.test(String(text))),
})

/**
 * Opens or creates a journal.
 * @param how.readOnly - opens one that is there for queries only, also while its node runs.
 * @throws {JournalError} JOURNAL_TOO_NEW, JOURNAL_CORRUPT.
 */
export function openBallotJournal<Ballot>(
  path: string,
  form: BallotForm<Ballot>,
  { readOnly }: HowOpen = { readOnly: false },
): OpenJournal<Ballot> {
  const database = openDatabase(path, { migrations: [`${TABLES}\n${form.tables}`], readOnly })
  const sql = (text: string) => database.prepare(text)
  const parse = <T>(schema: z.ZodType<T>, row: unknown): T => {
    const result = schema.safeParse(row)
    if (result.success) return result.data
    throw corrupt(path)
  }
  const saveConsent = sql(
    'INSERT INTO consent (id, manifest, given_at) VALUES (1, ?, ?) ON CONFLICT (id) DO UPDATE SET manifest = excluded.manifest, given_at = excluded.given_at',
  )
  const consent = sql('SELECT manifest, given_at FROM consent')
  const saveVote = sql(
    'INSERT INTO vote (round, ballot, salt) VALUES (?, ?, ?) ON CONFLICT (round) DO NOTHING',
  )
  const savePlace = sql(
    'INSERT INTO place (id, name, role, account, plan) VALUES (1, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name, role = excluded.role, account = excluded.account, plan = excluded.plan',
  )
  const place = sql('SELECT name, role, account FROM place')
  const plan = sql('SELECT plan FROM place')
  const lastVoted = sql('SELECT max(round) AS round FROM vote')
  const voteOf = sql('SELECT ballot, salt FROM vote WHERE round = ?')
  const vote = (round: number): KeptVote<Ballot> | undefined => {
    const row = voteOf.get(round)
    if (row === undefined) return undefined
    const { ballot, salt } = parse(voteSchema, row)
    return { ballot: parse(form.schema, parseJson(ballot)), salt }
  }
  const journal: BallotJournal<Ballot> = {
    saveConsent: (manifest, at) => void saveConsent.run(manifest, at),
    consent() {
      const row = consent.get()
      if (row === undefined) return undefined
      const { manifest, given_at: at } = parse(consentSchema, row)
      return { manifest, at }
    },
    saveVote(round, { ballot, salt }) {
      saveVote.run(round, JSON.stringify(form.encode(ballot)), salt)
      const kept = vote(round)
      if (kept === undefined) throw corrupt(path)
      return kept
    },
    savePlace: ({ name, role, account }, bytes) => void savePlace.run(name, role, account, bytes),
    place() {
      const row = place.get()
      return row === undefined ? undefined : parse(keptPlaceSchema, row)
    },
    plan() {
      const row = plan.get()
      return row === undefined ? undefined : parse(planSchema, row).plan
    },
    vote,
    lastVoted: () => parse(lastVotedSchema, lastVoted.get()).round ?? undefined,
    close() {
      if (database.isOpen) database.close()
    },
  }
  return { journal, sql, parse }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function corrupt(path: string): VotingError {
  return new VotingError(
    `${path}: a row does not have the form that fednode writes; nothing was changed in it`,
    { code: 'BALLOT_JOURNAL_CORRUPT', path },
  )
}
