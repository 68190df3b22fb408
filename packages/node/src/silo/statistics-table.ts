import type { DatabaseSync } from 'node:sqlite'
import { type BlobRef, isCid } from '@fednode/protocol'
import { z } from 'zod'
import { parseRow } from './parse-row.ts'

/** SQL of the tables; at most one row each: a silo takes part in one federation with one journal. */
export const STATISTICS_TABLES = `
  CREATE TABLE statistics (id INTEGER PRIMARY KEY CHECK (id = 1), cid TEXT NOT NULL, size INTEGER NOT NULL, samples INTEGER NOT NULL) STRICT;
  CREATE TABLE preprocessing (id INTEGER PRIMARY KEY CHECK (id = 1), cid TEXT NOT NULL, size INTEGER NOT NULL) STRICT;`

const refFields = {
  id: z.int(),
  cid: z.custom<BlobRef['cid']>(isCid),
  size: z.int().nonnegative(),
}
const statisticsRow = z.strictObject({ ...refFields, samples: z.int().nonnegative() })
const preprocessingRow = z.strictObject(refFields)

/** The one answer of a silo to the statistics step. */
export type KeptStatistics = { readonly update: BlobRef; readonly samples: number }

/** What a silo keeps of the statistics step. */
export type StatisticsTable = {
  /** What this silo answered, if it ever did. */
  statistics(): KeptStatistics | undefined
  /** Written before anything is announced; what was there first stands (T38). */
  saveStatistics(kept: KeptStatistics): void
  /** The pooled statistics that rounds came with. */
  preprocessing(): BlobRef | undefined
  /** What was there first stands. */
  savePreprocessing(found: BlobRef): void
}

export function createStatisticsTable(database: DatabaseSync, path: string): StatisticsTable {
  const sql = (text: string) => database.prepare(text)
  const readOwn = sql('SELECT * FROM statistics')
  const keepOwn = sql('INSERT INTO statistics VALUES (1, ?, ?, ?) ON CONFLICT DO NOTHING')
  const readPooled = sql('SELECT * FROM preprocessing')
  const keepPooled = sql('INSERT INTO preprocessing VALUES (1, ?, ?) ON CONFLICT DO NOTHING')
  return {
    statistics() {
      const row = readOwn.get()
      if (row === undefined) return undefined
      const { cid, size, samples } = parseRow(statisticsRow, row, path)
      return { update: { cid, size }, samples }
    },
    saveStatistics: ({ update, samples }) => void keepOwn.run(update.cid, update.size, samples),
    preprocessing() {
      const row = readPooled.get()
      if (row === undefined) return undefined
      const { cid, size } = parseRow(preprocessingRow, row, path)
      return { cid, size }
    },
    savePreprocessing: ({ cid, size }) => void keepPooled.run(cid, size),
  }
}
