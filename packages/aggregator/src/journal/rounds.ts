import type { DatabaseSync } from 'node:sqlite'
import {
  type BlobRef,
  MAX_SILOS,
  type OpeningBlock,
  type Round,
  type RoundSample,
} from '@fednode/protocol'
import { z } from 'zod'
import { blobRefOf, cidColumn } from './columns.ts'
import { JournalError } from './journal-error.ts'
import { type AssessedRound, assessedRoundSchema } from './round-record.ts'

const bytes32 = z.instanceof(Uint8Array).refine((bytes) => bytes.length === 32)
const index = z.int().nonnegative().max(MAX_SILOS)
const indexes = z.array(index).max(MAX_SILOS)
const sampleSchema = z.strictObject({
  clients: index,
  ignored: indexes.exactOptional(),
  drawn: indexes,
})
const rowSchema = z.strictObject({
  round: z.int(),
  state: z.enum(['open', 'closing', 'closed']),
  base_cid: cidColumn,
  base_size: z.int(),
  opened_at: z.int(),
  deadline: z.int(),
  record: z.string().nullable(),
  reveal: bytes32,
  block_number: z.int().nonnegative(),
  block_hash: bytes32,
  block_is_head: z.int(),
  sample: z.string().nullable(),
})

/** What a round's seed is made of, drawn and journaled before the round is spoken of (T4): a restart says the same. */
export type RoundRandomness = {
  /** 32 bytes that nobody else knows before the evidence. */
  readonly reveal: Uint8Array
  readonly block: OpeningBlock
  /** Who takes part, where not all do. */
  readonly sample?: RoundSample
}

/** A round that is not over: updates are taken while open, and not any more while closing. */
export type OpenRound = {
  readonly round: Round
  readonly state: 'open' | 'closing'
  /** The global model that silos train from. */
  readonly base: BlobRef
  /** Unix ms. */
  readonly openedAt: number
  /** Unix ms. */
  readonly deadline: number
} & RoundRandomness

/** The rounds of a term-spanning run. At most one round is open or closing, and it is the last one. */
export type RoundTable = {
  openRound(): OpenRound | undefined
  /** Number of the last closed round; 0 before the first. */
  lastClosedRound(): Round
  assessedRounds(): readonly AssessedRound[]
  assessedRound(round: Round): AssessedRound | undefined
  /** Gives an open round a new deadline, after a restart. */
  extendRound(round: Round, deadline: number): void
  /** From here on no update is taken. Idempotent. */
  startClosing(round: Round): void
}

export function createRoundTable(database: DatabaseSync): RoundTable {
  const open = database.prepare("SELECT * FROM round WHERE state <> 'closed'")
  const closed = database.prepare("SELECT record FROM round WHERE state = 'closed' ORDER BY round")
  const one = database.prepare("SELECT record FROM round WHERE state = 'closed' AND round = ?")
  const last = database.prepare("SELECT max(round) AS round FROM round WHERE state = 'closed'")
  return {
    openRound() {
      const row = open.get()
      return row === undefined ? undefined : parseOpen(row)
    },
    lastClosedRound: () => z.int().parse(last.get()?.round ?? 0),
    assessedRounds: () => closed.all().map(parseRecord),
    assessedRound(round) {
      const row = one.get(round)
      return row === undefined ? undefined : parseRecord(row)
    },
    extendRound(round, deadline) {
      database
        .prepare("UPDATE round SET deadline = ? WHERE round = ? AND state = 'open'")
        .run(deadline, round)
    },
    startClosing(round) {
      database
        .prepare("UPDATE round SET state = 'closing' WHERE round = ? AND state = 'open'")
        .run(round)
    },
  }
}

/** Adds the next round. @throws {JournalError} JOURNAL_ORDER unless it follows the last closed one. */
export function insertRound(database: DatabaseSync, round: OpenRound): void {
  const row = database.prepare('SELECT count(*) AS rounds FROM round').get()
  const open = database
    .prepare("SELECT count(*) AS rounds FROM round WHERE state <> 'closed'")
    .get()
  if (row?.rounds !== round.round - 1 || open?.rounds !== 0) {
    const what = `round ${round.round} cannot open now`
    throw new JournalError(what, { code: 'JOURNAL_ORDER', what })
  }
  database
    .prepare("INSERT INTO round VALUES (?, 'open', ?, ?, ?, ?, NULL, ?, ?, ?, ?, ?)")
    .run(
      round.round,
      round.base.cid,
      round.base.size,
      round.openedAt,
      round.deadline,
      round.reveal,
      round.block.number,
      round.block.hash,
      round.block.isHead ? 1 : 0,
      round.sample === undefined ? null : JSON.stringify(round.sample),
    )
}

/** Ends the round with its record. @throws {JournalError} JOURNAL_ORDER when it is not the open one. */
export function finishRound(database: DatabaseSync, record: AssessedRound): void {
  const { changes } = database
    .prepare("UPDATE round SET state = 'closed', record = ? WHERE round = ? AND state <> 'closed'")
    .run(JSON.stringify(record), record.round)
  if (changes === 1) return
  const what = `round ${record.round} is not open`
  throw new JournalError(what, { code: 'JOURNAL_ORDER', what })
}

function parseOpen(row: unknown): OpenRound {
  const value = rowSchema.parse(row)
  return {
    round: value.round,
    state: value.state === 'closing' ? 'closing' : 'open',
    base: blobRefOf(value.base_cid, value.base_size),
    openedAt: value.opened_at,
    deadline: value.deadline,
    reveal: value.reveal,
    block: {
      number: value.block_number,
      hash: value.block_hash,
      isHead: value.block_is_head === 1,
    },
    ...(value.sample === null ? {} : { sample: sampleSchema.parse(JSON.parse(value.sample)) }),
  }
}

function parseRecord(row: unknown): AssessedRound {
  const { record } = z.strictObject({ record: z.string() }).parse(row)
  return assessedRoundSchema.parse(JSON.parse(record))
}

/** Forgets a round that was not closed, and its updates, when another aggregator closed it. */
export function dropOpenRound(database: DatabaseSync, round: Round): void {
  const isOpen = database.prepare("SELECT 1 FROM round WHERE state <> 'closed' AND round = ?")
  if (isOpen.get(round) === undefined) return
  database.prepare('DELETE FROM accepted_update WHERE round = ?').run(round)
  database.prepare('DELETE FROM round WHERE round = ?').run(round)
}
