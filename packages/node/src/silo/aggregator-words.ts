import type { DatabaseSync } from 'node:sqlite'
import {
  encodeSignedMessage,
  openSignedMessage,
  type RoundResult,
  type SignedMessage,
} from '@fednode/protocol'
import { z } from 'zod'
import { parseRow } from './parse-row.ts'

/** How many of its newest openings, and results, are kept ready for an aggregator that lost them. */
const KEPT = 2

/** SQL of the table; one migration of the silo's journal. */
export const RESULT_TABLE =
  'CREATE TABLE signed_result (round INTEGER NOT NULL, term INTEGER NOT NULL, envelope BLOB NOT NULL, PRIMARY KEY (round, term)) STRICT'

const rowSchema = z.strictObject({ envelope: z.instanceof(Uint8Array) })

/** What the aggregator signed, kept for itself: a new one in its place goes on from there (`aggregator run --rebuild`). */
export type AggregatorWords = {
  /** The first of each round and term. */
  saveSignedResult(signed: SignedMessage<RoundResult>): void
  /** The newest results and openings. */
  aggregatorWords(): readonly SignedMessage[]
}

export function createAggregatorWords(database: DatabaseSync, path: string): AggregatorWords {
  const save = database.prepare(
    'INSERT INTO signed_result (round, term, envelope) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  )
  const newest = ['signed_result', 'opening'].map((table) =>
    database.prepare(`SELECT envelope FROM ${table} ORDER BY round DESC, term DESC LIMIT ${KEPT}`),
  )
  return {
    saveSignedResult(signed) {
      const { round, term } = signed.message
      save.run(round, term, encodeSignedMessage(signed))
    },
    aggregatorWords: () =>
      newest.flatMap((query) =>
        query.all().flatMap((row) => {
          const opened = openSignedMessage(parseRow(rowSchema, row, path).envelope)
          return opened.ok ? [opened.signed] : []
        }),
      ),
  }
}
