import type { DatabaseSync } from 'node:sqlite'
import { transact } from '@fednode/aggregator'
import {
  type Cid,
  encodeSignedMessage,
  isCid,
  REFUSAL_CODES,
  type Receipt,
  type RefusalCode,
  type Round,
  type SignedMessage,
} from '@fednode/protocol'
import { z } from 'zod'
import { parseRow } from './parse-row.ts'

/** What a silo did in a round that it heard open, and the best word on it that the aggregator signed. */
export type PlayedRound = {
  readonly update?: Cid
  readonly receipt?: { readonly accepted: boolean; readonly code?: RefusalCode }
}

/** What the aggregator signed of a silo's own updates. */
export type ReceiptTable = {
  /** Keeps a receipt: that an update was accepted cannot be denied later (T5). */
  saveReceipt(receipt: SignedMessage<Receipt>): void
  /** Undefined for a round that this silo did not hear open. */
  played(round: Round): PlayedRound | undefined
}

const playedSchema = z.strictObject({
  update_cid: z.custom<Cid>(isCid).nullable(),
  accepted: z.int().nullable(),
  code: z.enum(REFUSAL_CODES).nullable(),
})

/** The table in the journal at `path`. */
export function createReceiptTable(database: DatabaseSync, path: string): ReceiptTable {
  const answered = database.prepare(
    'UPDATE round SET accepted = ? WHERE round = ? AND update_cid = ?',
  )
  const insert = database.prepare(
    'INSERT INTO receipt VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
  )
  const played = database.prepare(
    'SELECT round.update_cid, receipt.accepted, receipt.code FROM round LEFT JOIN receipt USING (round, update_cid) WHERE round = ? AND base_cid IS NOT NULL ORDER BY receipt.accepted DESC LIMIT 1',
  )
  return {
    saveReceipt(signed) {
      const { round, update, accepted, code = null } = signed.message
      const isAccepted = accepted ? 1 : 0
      transact(database, () => {
        answered.run(isAccepted, round, update)
        insert.run(round, update, isAccepted, code, encodeSignedMessage(signed))
      })
    },
    played: (round) => parsePlayed(played.get(round), path),
  }
}

function parsePlayed(row: unknown, path: string): PlayedRound | undefined {
  if (row === undefined) return undefined
  const { update_cid: update, accepted, code } = parseRow(playedSchema, row, path)
  if (update === null) return {}
  if (accepted === null) return { update }
  return { update, receipt: { accepted: accepted === 1, ...(code === null ? {} : { code }) } }
}
