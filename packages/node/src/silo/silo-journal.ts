import { openDatabase } from '@fednode/aggregator'
import {
  type BlobRef,
  type Cid,
  encodeSignedMessage,
  isCid,
  METRIC_NAMES,
  type Round,
  type RoundOpen,
  type SignedMessage,
  type UpdateReady,
} from '@fednode/protocol'
import { z } from 'zod'
import { type AggregatorWords, createAggregatorWords, RESULT_TABLE } from './aggregator-words.ts'
import { ANCHORED_COLUMN, type AnchorTable, createAnchorTable } from './anchor-table.ts'
import { type KeptMemory, memoryBefore, parseMemory, SELECT_MEMORIES } from './kept-memory.ts'
import { parseJson, parseRow } from './parse-row.ts'
import { createReceiptTable, type ReceiptTable } from './receipt-table.ts'
import {
  createStatisticsTable,
  STATISTICS_TABLES,
  type StatisticsTable,
} from './statistics-table.ts'

/** SQL of each version; never edit one that was released. */
export const SILO_MIGRATIONS: readonly string[] = [
  `CREATE TABLE consent (id INTEGER PRIMARY KEY CHECK (id = 1), manifest TEXT NOT NULL, given_at INTEGER NOT NULL) STRICT;
   CREATE TABLE round (
     round INTEGER PRIMARY KEY,
     base_cid TEXT, base_size INTEGER,
     update_cid TEXT, update_size INTEGER, samples INTEGER, train_ms INTEGER, loss_micros INTEGER,
     accepted INTEGER, result TEXT
   ) STRICT;
   CREATE TABLE evidence (id INTEGER PRIMARY KEY, envelope BLOB NOT NULL) STRICT;`,
  'ALTER TABLE round ADD COLUMN memory_cid TEXT; ALTER TABLE round ADD COLUMN memory_size INTEGER',
  'CREATE TABLE opening (round INTEGER NOT NULL, term INTEGER NOT NULL, envelope BLOB NOT NULL, PRIMARY KEY (round, term)) STRICT',
  // The same word of the aggregator again, in a later term, proves no more than the first.
  'CREATE TABLE receipt (round INTEGER NOT NULL, update_cid TEXT NOT NULL, accepted INTEGER NOT NULL, code TEXT, envelope BLOB NOT NULL, PRIMARY KEY (round, update_cid, accepted)) STRICT',
  RESULT_TABLE,
  ANCHORED_COLUMN,
  STATISTICS_TABLES,
  'ALTER TABLE round ADD COLUMN metrics TEXT',
]

const cid = z.custom<BlobRef['cid']>(isCid)
const updateSchema = z.strictObject({
  base_cid: cid,
  update_cid: cid,
  update_size: z.int().positive(),
  samples: z.int().positive(),
  train_ms: z.int().nonnegative(),
  loss_micros: z.int(),
  memory_cid: cid.nullable(),
  memory_size: z.int().nonnegative().nullable(),
  metrics: z.string().nullable(),
})
const metricsSchema = z.partialRecord(z.enum(METRIC_NAMES), z.string())
const blobsSchema = z.strictObject({
  base_cid: cid.nullable(),
  update_cid: cid.nullable(),
  result: z.string().nullable(),
})

/** An update as trained: everything that its announcement says. */
export type TrainedUpdate = {
  readonly base: BlobRef['cid']
  readonly update: BlobRef
  readonly samples: number
  readonly trainMs: number
  readonly lossMicros: number
  /** What the silo states of the model that it trained from, where the manifest asks. */
  readonly metrics?: UpdateReady['metrics']
  /** What the silo carries to the next round if this update counts, see MemoryKind; not announced. */
  readonly memory?: BlobRef
}

const resultSchema = z.object({
  round: z.int().positive(),
  last: z.boolean(),
  model: z.strictObject({ cid, size: z.int().positive() }),
  evidence: z.strictObject({ cid, size: z.int().positive() }).exactOptional(),
  /** Whether this silo's update was part of the round; false in a void round. */
  measured: z.boolean().exactOptional(),
})

/** What a restart has to know of a round that is over; more may be stored for people. */
export type StoredResult = z.infer<typeof resultSchema>

/** The silo's memory over restarts: written before anything is announced (T44). */
export type SiloJournal = ReceiptTable &
  StatisticsTable &
  AnchorTable &
  AggregatorWords & {
    /** Its administrator approved this manifest; a restart needs no second word. `at`: Unix ms. */
    saveConsent(manifest: Cid, at: number): void
    saveBase(round: Round, base: BlobRef): void
    /** Keeps the signed opening of a round, by which what the evidence reveals later is checked (T35); the first of each term. */
    saveOpening(opening: SignedMessage<RoundOpen>): void
    saveUpdate(round: Round, trained: TrainedUpdate): void
    /** The update of a round, when one was trained. */
    update(round: Round): TrainedUpdate | undefined
    /** Memory after the newest round before `round` whose update counted; by its receipt where no result came. */
    memoryBefore(round: Round): BlobRef | undefined
    /** Memories of all rounds that still have one, oldest first. */
    memories(): readonly KeptMemory[]
    forgetMemory(round: Round): void
    /** Also of a round that this silo missed. */
    saveResult(round: Round, result: StoredResult): void
    /** Result of the highest round that has one. */
    lastResult(): StoredResult | undefined
    /** Ids of all global models and evidence, and of all own updates: what this silo serves. */
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
  const database = openDatabase(path, { migrations: SILO_MIGRATIONS })
  const sql = (text: string) => database.prepare(text)
  const consent = sql(
    'INSERT INTO consent (id, manifest, given_at) VALUES (1, ?, ?) ON CONFLICT (id) DO UPDATE SET manifest = excluded.manifest, given_at = excluded.given_at',
  )
  const base = sql(
    'INSERT INTO round (round, base_cid, base_size) VALUES (?, ?, ?) ON CONFLICT (round) DO UPDATE SET base_cid = excluded.base_cid, base_size = excluded.base_size',
  )
  const opening = sql(
    'INSERT INTO opening (round, term, envelope) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  )
  const update = sql(
    'UPDATE round SET update_cid = ?, update_size = ?, samples = ?, train_ms = ?, loss_micros = ?, memory_cid = ?, memory_size = ?, metrics = ?, accepted = NULL WHERE round = ? AND base_cid = ?',
  )
  const read = sql(
    'SELECT base_cid, update_cid, update_size, samples, train_ms, loss_micros, memory_cid, memory_size, metrics FROM round WHERE round = ? AND update_cid IS NOT NULL',
  )
  const memories = sql(SELECT_MEMORIES)
  const forget = sql('UPDATE round SET memory_cid = NULL, memory_size = NULL WHERE round = ?')
  const readMemories = () => memories.all().map((row) => parseMemory(row, path))
  const result = sql(
    'INSERT INTO round (round, result) VALUES (?, ?) ON CONFLICT (round) DO UPDATE SET result = excluded.result',
  )
  const last = sql('SELECT result FROM round WHERE result IS NOT NULL ORDER BY round DESC LIMIT 1')
  const all = sql('SELECT base_cid, update_cid, result FROM round')
  const evidence = sql('INSERT INTO evidence (envelope) VALUES (?)')
  const statisticsTable = createStatisticsTable(database, path)
  return {
    ...createReceiptTable(database, path),
    ...createAnchorTable(database, path),
    ...statisticsTable,
    ...createAggregatorWords(database, path),
    saveConsent: (manifest, at) => void consent.run(manifest, at),
    saveBase: (round, { cid, size }) => void base.run(round, cid, size),
    saveOpening(signed) {
      const { round, term } = signed.message
      opening.run(round, term, encodeSignedMessage(signed))
    },
    saveUpdate(round, { update: blob, base: from, samples, trainMs, lossMicros, ...rest }) {
      const { memory, metrics } = rest
      const stated = metrics === undefined ? null : JSON.stringify(metrics)
      const carried = [memory?.cid ?? null, memory?.size ?? null, stated]
      update.run(blob.cid, blob.size, samples, trainMs, lossMicros, ...carried, round, from)
    },
    update: (round) => parseUpdate(read.get(round), path),
    memoryBefore: (round) => memoryBefore(round, readMemories()),
    memories: readMemories,
    forgetMemory: (round) => void forget.run(round),
    saveResult: (round, value) => void result.run(round, JSON.stringify(value)),
    lastResult() {
      const row = last.get()
      return row === undefined
        ? undefined
        : parseRow(resultSchema, parseJson(String(row.result)), path)
    },
    blobs: () => servedBlobs(all.all(), { path, ...statisticsTable }),
    saveEvidence(envelopes) {
      for (const envelope of envelopes) evidence.run(envelope)
    },
    close() {
      if (database.isOpen) database.close()
    },
  }
}

function servedBlobs(
  found: readonly unknown[],
  {
    path,
    statistics,
    preprocessing,
  }: Pick<StatisticsTable, 'statistics' | 'preprocessing'> & { readonly path: string },
): ReturnType<SiloJournal['blobs']> {
  const own = statistics()
  const pooled = preprocessing()
  const rows = found.map((row) => parseRow(blobsSchema, row, path))
  return {
    models: [
      ...(pooled === undefined ? [] : [pooled.cid]),
      ...rows.flatMap(({ base_cid, result }) => [
        ...(base_cid === null ? [] : [base_cid]),
        ...evidenceOf(result, path),
      ]),
    ],
    updates: [
      ...(own === undefined ? [] : [own.update.cid]),
      ...rows.flatMap(({ update_cid }) => (update_cid === null ? [] : [update_cid])),
    ],
  }
}

function evidenceOf(result: string | null, path: string): readonly BlobRef['cid'][] {
  if (result === null) return []
  const { evidence } = parseRow(resultSchema, parseJson(result), path)
  return evidence === undefined ? [] : [evidence.cid]
}

function parseUpdate(row: unknown, path: string): TrainedUpdate | undefined {
  if (row === undefined) return undefined
  const found = parseRow(updateSchema, row, path)
  const { memory_cid: memory, memory_size: size, metrics } = found
  return {
    base: found.base_cid,
    update: { cid: found.update_cid, size: found.update_size },
    samples: found.samples,
    trainMs: found.train_ms,
    lossMicros: found.loss_micros,
    ...(memory === null || size === null ? {} : { memory: { cid: memory, size } }),
    ...(metrics === null ? {} : { metrics: parseRow(metricsSchema, parseJson(metrics), path) }),
  }
}
