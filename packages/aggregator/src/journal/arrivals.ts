import type { DatabaseSync } from 'node:sqlite'
import type { Round, SiloName } from '@fednode/protocol'
import { z } from 'zod'

const rowSchema = z.strictObject({ ms: z.int().nonnegative() })

/** When updates came in, late ones too: what the patience of later rounds follows. */
export type ArrivalTable = {
  /** Keeps when a silo first announced an update of a round, in ms since the round opened; the first word stands. */
  saveArrival(arrival: Arrival): void
  /** Arrivals of the rounds from `first` on, in ms. */
  arrivalsSince(first: Round): readonly number[]
}

/** One silo's update, `ms` after its round opened. */
type Arrival = { readonly round: Round; readonly silo: SiloName; readonly ms: number }

/** The table of arrivals in an open journal. */
export function createArrivalTable(database: DatabaseSync): ArrivalTable {
  const insert = database.prepare('INSERT INTO arrival VALUES (?, ?, ?) ON CONFLICT DO NOTHING')
  const since = database.prepare('SELECT ms FROM arrival WHERE round >= ? ORDER BY round, silo')
  return {
    saveArrival: ({ round, silo, ms }) => void insert.run(round, silo, Math.round(ms)),
    arrivalsSince: (first) => since.all(first).map((row) => rowSchema.parse(row).ms),
  }
}
