import type { DatabaseSync } from 'node:sqlite'
import type { Cid, PeerIdText, Round, SiloName } from '@fednode/protocol'
import { z } from 'zod'
import type { AcceptedUpdate } from '../types.ts'
import { blobRefOf, cidColumn, peerColumn, siloColumn } from './columns.ts'

const updateSchema = z.strictObject({
  round: z.int(),
  silo: siloColumn,
  cid: cidColumn,
  size: z.int(),
  samples: z.int(),
  train_ms: z.int(),
  loss_micros: z.int(),
  fetch_ms: z.int(),
  announcement: z.instanceof(Uint8Array),
  receipt: z.instanceof(Uint8Array),
})
const originSchema = z.strictObject({ round: z.int(), silo: siloColumn })
const refusalSchema = z.strictObject({ peer: peerColumn, code: z.string() })

/** An accepted update with both signed envelopes: the silo's announcement and our receipt. */
export type JournaledUpdate = AcceptedUpdate & {
  /** How long fetching its blob took. */
  readonly fetchMs: number
  readonly announcement: Uint8Array
  readonly receipt: Uint8Array
}

/** What came in for each round. */
export type UpdateTable = {
  /** Accepted updates in ascending silo name order. */
  updates(round: Round): readonly JournaledUpdate[]
  /** Keeps an update. A second one of the same silo and round is refused by the table's key: nothing is counted twice. */
  acceptUpdate(round: Round, update: JournaledUpdate): void
  /** The earliest update before `round` that was these bytes (T32). */
  earlierUpdate(round: Round, cid: Cid): UpdateOrigin | undefined
  /** The earliest update before `round` that held these values, whatever the file was (T32). */
  earlierValues(round: Round, digest: Uint8Array): UpdateOrigin | undefined
  /** Remembers the values of an accepted update by their digest, see detectFreeRiders. Idempotent. */
  saveValues(update: UpdateOrigin, digest: Uint8Array): void
  refusals(round: Round): readonly { readonly peer: PeerIdText; readonly code: string }[]
  /** Keeps a refusal, once per peer and blob; returns whether it is new. */
  refuse(round: Round, refusal: Refusal): boolean
}

/** Which update something was first. */
export type UpdateOrigin = { readonly round: Round; readonly silo: SiloName }

export type Refusal = {
  readonly peer: PeerIdText
  readonly update: string
  readonly code: string
}

export function createUpdateTable(database: DatabaseSync): UpdateTable {
  const updates = database.prepare('SELECT * FROM accepted_update WHERE round = ? ORDER BY silo')
  const earlier = database.prepare(
    'SELECT round, silo FROM accepted_update WHERE round < ? AND cid = ? ORDER BY round, silo LIMIT 1',
  )
  const sameValues = database.prepare(
    'SELECT round, silo FROM update_values WHERE round < ? AND digest = ? ORDER BY round, silo LIMIT 1',
  )
  const refusals = database.prepare('SELECT peer, code FROM refusal WHERE round = ? ORDER BY rowid')
  return {
    updates: (round) => updates.all(round).map(parseUpdate),
    earlierUpdate: (round, cid) => originSchema.optional().parse(earlier.get(round, cid)),
    earlierValues: (round, digest) => originSchema.optional().parse(sameValues.get(round, digest)),
    saveValues({ round, silo }, digest) {
      database
        .prepare('INSERT INTO update_values VALUES (?, ?, ?) ON CONFLICT DO NOTHING')
        .run(round, silo, digest)
    },
    acceptUpdate: (round, update) => insertUpdate(database, round, update),
    refusals: (round) => refusals.all(round).map((row) => refusalSchema.parse(row)),
    refuse(round, { peer, update, code }) {
      const { changes } = database
        .prepare(
          'INSERT INTO refusal (round, peer, cid, code) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
        )
        .run(round, peer, update, code)
      return changes === 1
    },
  }
}

function insertUpdate(database: DatabaseSync, round: Round, update: JournaledUpdate): void {
  database
    .prepare('INSERT INTO accepted_update VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
    .run(
      round,
      update.silo,
      update.update.cid,
      update.update.size,
      update.samples,
      update.trainMs,
      update.lossMicros,
      update.fetchMs,
      update.announcement,
      update.receipt,
    )
}

function parseUpdate(row: unknown): JournaledUpdate {
  const value = updateSchema.parse(row)
  return {
    silo: value.silo satisfies SiloName,
    update: blobRefOf(value.cid, value.size),
    samples: value.samples,
    trainMs: value.train_ms,
    lossMicros: value.loss_micros,
    fetchMs: value.fetch_ms,
    announcement: value.announcement,
    receipt: value.receipt,
  }
}
