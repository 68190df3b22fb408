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
const earlierSchema = z.strictObject({ round: z.int(), silo: siloColumn })
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
  earlierUpdate(
    round: Round,
    cid: Cid,
  ): { readonly round: Round; readonly silo: SiloName } | undefined
  refusals(round: Round): readonly { readonly peer: PeerIdText; readonly code: string }[]
  /** Keeps a refusal, once per peer and blob; returns whether it is new. */
  refuse(round: Round, refusal: Refusal): boolean
}

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
  const refusals = database.prepare('SELECT peer, code FROM refusal WHERE round = ? ORDER BY rowid')
  return {
    updates: (round) => updates.all(round).map(parseUpdate),
    earlierUpdate(round, cid) {
      const row = earlier.get(round, cid)
      return row === undefined ? undefined : earlierSchema.parse(row)
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
