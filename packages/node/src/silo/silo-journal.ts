import { openDatabase } from '@fednode/aggregator'
import { type BlobRef, isCid, type Round } from '@fednode/protocol'
import { z } from 'zod'

/** SQL of each version; never edit one that was released. */
const MIGRATIONS = [
  `CREATE TABLE owner (id INTEGER PRIMARY KEY CHECK (id = 1), scenario TEXT NOT NULL, manifest TEXT NOT NULL, peer TEXT NOT NULL) STRICT;
   CREATE TABLE round (
     round INTEGER PRIMARY KEY,
     base_cid TEXT NOT NULL, base_size INTEGER NOT NULL,
     update_cid TEXT, update_size INTEGER, samples INTEGER, train_ms INTEGER, loss_micros INTEGER,
     accepted INTEGER, result TEXT
   ) STRICT;
   CREATE TABLE evidence (id INTEGER PRIMARY KEY, envelope BLOB NOT NULL) STRICT;`,
]

const cid = z.custom<BlobRef['cid']>(isCid)
const updateSchema = z.strictObject({
  base_cid: cid,
  update_cid: cid,
  update_size: z.int().positive(),
  samples: z.int().positive(),
  train_ms: z.int().nonnegative(),
  loss_micros: z.int(),
})
const blobsSchema = z.strictObject({ base_cid: cid, update_cid: cid.nullable() })

/** An update as trained: everything that its announcement says. */
export type TrainedUpdate = {
  readonly base: BlobRef['cid']
  readonly update: BlobRef
  readonly samples: number
  readonly trainMs: number
  readonly lossMicros: number
}

const resultSchema = z.object({
  round: z.int().positive(),
  last: z.boolean(),
  model: z.strictObject({ cid, size: z.int().positive() }),
})

/** What a restart has to know of a round that is over; more may be stored for people. */
export type StoredResult = z.infer<typeof resultSchema>

/** The silo's memory over restarts: written before anything is announced (T44). */
export type SiloJournal = {
  saveBase(round: Round, base: BlobRef): void
  saveUpdate(round: Round, trained: TrainedUpdate): void
  /** The update of a round, when one was trained. */
  update(round: Round): TrainedUpdate | undefined
  saveReceipt(round: Round, accepted: boolean): void
  saveResult(round: Round, result: StoredResult): void
  /** Result of the highest round that has one. */
  lastResult(): StoredResult | undefined
  /** Ids of all global models and of all own updates: what this silo serves. */
  blobs(): {
    readonly models: readonly BlobRef['cid'][]
    readonly updates: readonly BlobRef['cid'][]
  }
  /** Keeps signed envelopes that prove a fault of the aggregator (T4). */
  saveEvidence(envelopes: readonly Uint8Array[]): void
  close(): void
}

/** Opens or creates the journal of one silo in one Scenario. @throws {JournalError} JOURNAL_TOO_NEW. */
export function createSiloJournal(path: string): SiloJournal {
  const database = openDatabase(path, { migrations: MIGRATIONS })
  const sql = (text: string) => database.prepare(text)
  const base = sql(
    'INSERT INTO round (round, base_cid, base_size) VALUES (?, ?, ?) ON CONFLICT (round) DO UPDATE SET base_cid = excluded.base_cid, base_size = excluded.base_size',
  )
  const update = sql(
    'UPDATE round SET update_cid = ?, update_size = ?, samples = ?, train_ms = ?, loss_micros = ?, accepted = NULL WHERE round = ? AND base_cid = ?',
  )
  const read = sql(
    'SELECT base_cid, update_cid, update_size, samples, train_ms, loss_micros FROM round WHERE round = ? AND update_cid IS NOT NULL',
  )
  const receipt = sql('UPDATE round SET accepted = ? WHERE round = ?')
  const result = sql('UPDATE round SET result = ? WHERE round = ?')
  const last = sql('SELECT result FROM round WHERE result IS NOT NULL ORDER BY round DESC LIMIT 1')
  const all = sql('SELECT base_cid, update_cid FROM round')
  const evidence = sql('INSERT INTO evidence (envelope) VALUES (?)')
  return {
    saveBase: (round, { cid, size }) => void base.run(round, cid, size),
    saveUpdate(round, { update: blob, base: from, samples, trainMs, lossMicros }) {
      update.run(blob.cid, blob.size, samples, trainMs, lossMicros, round, from)
    },
    update: (round) => parseUpdate(read.get(round)),
    saveReceipt: (round, accepted) => void receipt.run(accepted ? 1 : 0, round),
    saveResult: (round, value) => void result.run(JSON.stringify(value), round),
    lastResult() {
      const row = last.get()
      return row === undefined ? undefined : resultSchema.parse(JSON.parse(String(row.result)))
    },
    blobs() {
      const rows = all.all().map((row) => blobsSchema.parse(row))
      return {
        models: rows.map((row) => row.base_cid),
        updates: rows.flatMap((row) => (row.update_cid === null ? [] : [row.update_cid])),
      }
    },
    saveEvidence(envelopes) {
      for (const envelope of envelopes) evidence.run(envelope)
    },
    close() {
      if (database.isOpen) database.close()
    },
  }
}

function parseUpdate(row: unknown): TrainedUpdate | undefined {
  if (row === undefined) return undefined
  const { base_cid, update_cid, update_size, samples, train_ms, loss_micros } =
    updateSchema.parse(row)
  return {
    base: base_cid,
    update: { cid: update_cid, size: update_size },
    samples,
    trainMs: train_ms,
    lossMicros: loss_micros,
  }
}
