import type { DatabaseSync } from 'node:sqlite'
import type { BlobRef, Round } from '@fednode/protocol'
import { z } from 'zod'
import { blobRefOf, cidColumn } from './columns.ts'
import { JournalError } from './journal-error.ts'
import { type AssessedRound, assessedRoundSchema } from './round-record.ts'

const rowSchema = z.strictObject({
  round: z.int(),
  state: z.enum(['open', 'closing', 'closed']),
  base_cid: cidColumn,
  base_size: z.int(),
  opened_at: z.int(),
  deadline: z.int(),
  record: z.string().nullable(),
})

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
}

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
    .prepare("INSERT INTO round VALUES (?, 'open', ?, ?, ?, ?, NULL)")
    .run(round.round, round.base.cid, round.base.size, round.openedAt, round.deadline)
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
  }
}

function parseRecord(row: unknown): AssessedRound {
  const { record } = z.strictObject({ record: z.string() }).parse(row)
  return assessedRoundSchema.parse(JSON.parse(record))
}
