import type { DatabaseSync } from 'node:sqlite'
import type { BlobRef } from '@fednode/protocol'
import { z } from 'zod'
import { blobRefOf, cidColumn, siloColumn } from './columns.ts'
import type { JournaledUpdate } from './updates.ts'

const rowSchema = z.strictObject({
  silo: siloColumn,
  cid: cidColumn,
  size: z.int(),
  samples: z.int(),
  announcement: z.instanceof(Uint8Array),
  receipt: z.instanceof(Uint8Array),
})
const refSchema = z.strictObject({ id: z.int(), cid: cidColumn, size: z.int() })
/** Statistics take no training. */
const NO_TRAINING = { trainMs: 0, lossMicros: 0, fetchMs: 0 }

/** The statistics step, which comes before round 1. */
export type StatisticsTable = {
  /** What silos sent, in ascending order of their names. */
  statistics(): readonly JournaledUpdate[]
  /** Keeps a silo's statistics. Second ones of the same silo are refused by the table's key. */
  acceptStatistics(accepted: JournaledUpdate): void
  /** What the step gave; undefined before its end. */
  preprocessing(): BlobRef | undefined
  /** Ends the step. Idempotent: what was there first stands. */
  savePreprocessing(found: BlobRef): void
}

export function createStatisticsTable(database: DatabaseSync): StatisticsTable {
  const all = database.prepare('SELECT * FROM accepted_statistics ORDER BY silo')
  const add = database.prepare('INSERT INTO accepted_statistics VALUES (?, ?, ?, ?, ?, ?)')
  const get = database.prepare('SELECT * FROM preprocessing')
  const set = database.prepare('INSERT INTO preprocessing VALUES (1, ?, ?) ON CONFLICT DO NOTHING')
  return {
    statistics: () => all.all().map(parseStatistics),
    acceptStatistics({ silo, update, samples, announcement, receipt }) {
      add.run(silo, update.cid, update.size, samples, announcement, receipt)
    },
    preprocessing() {
      const row = refSchema.optional().parse(get.get())
      return row === undefined ? undefined : blobRefOf(row.cid, row.size)
    },
    savePreprocessing: ({ cid, size }) => void set.run(cid, size),
  }
}

function parseStatistics(row: unknown): JournaledUpdate {
  const { silo, cid, size, samples, announcement, receipt } = rowSchema.parse(row)
  return { silo, update: blobRefOf(cid, size), samples, announcement, receipt, ...NO_TRAINING }
}
