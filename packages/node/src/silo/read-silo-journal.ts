import { existsSync } from 'node:fs'
import path from 'node:path'
import { openDatabase } from '@fednode/aggregator'
import type { Metrics } from '@fednode/engine'
import { type BlobRef, type Cid, isCid, METRIC_NAMES, type Round } from '@fednode/protocol'
import { z } from 'zod'
import { type KeptMemory, parseMemory, SELECT_MEMORIES } from './kept-memory.ts'
import { parseJson, parseRow } from './parse-row.ts'
import { SILO_MIGRATIONS } from './silo-journal.ts'
import { LEFT_OUT, type LeftOut } from './why-left-out.ts'

/** Name of a silo's journal in the directory of one federation; the aggregator's has another. */
export const SILO_JOURNAL_FILE = 'silo.sqlite'

/** What a silo's administrator approved, and when (Unix ms). */
export type Consent = { readonly manifest: Cid; readonly at: number }

/** A round as a silo saw it; what it did not do in a round, or was not told, is absent. */
export type SiloRound = {
  readonly round: Round
  /** The global model that it began with. */
  readonly base?: BlobRef
  readonly samples?: number
  readonly trainMs?: number
  readonly update?: Cid
  readonly accepted?: boolean
  /** Whether the chain anchors what the aggregator told; absent while that is not known, and without a chain. */
  readonly anchored?: boolean
  readonly result?: {
    readonly metrics: Metrics
    readonly loss: number
    /** Own contribution. */
    readonly shapley: number
    /** 0 when exact. */
    readonly standardError: number
    /** Whether this silo was part of the round that was measured. */
    readonly measured: boolean
    /** Why it was not, though it took part and others were. */
    readonly leftOut?: LeftOut
    /** Whether the round paid anybody. */
    readonly paid: boolean
    /** Of the round's pot, 0 to 1. */
    readonly share: number
    /** What the plan brings for the round, wei; absent in journals of older versions, as the utilities are. */
    readonly pot?: bigint
    readonly utilityBefore?: number
    readonly utilityAfter?: number
    /** Of the model that all the others would have made, where it was measured. */
    readonly utilityWithout?: number
    readonly model: Cid
    /** What it can be recomputed from; absent in journals of older versions. */
    readonly evidence?: BlobRef
  }
}

const cid = z.custom<Cid>(isCid)
const consentSchema = z.strictObject({ manifest: cid, at: z.int() })
const resultSchema = z.object({
  metrics: z.partialRecord(z.enum(METRIC_NAMES), z.number()),
  loss: z.number(),
  shapley: z.number(),
  // What older versions did not write: all their values were exact.
  standardError: z.number().default(0),
  measured: z.boolean().default(true),
  leftOut: z.enum(LEFT_OUT).exactOptional(),
  paid: z.boolean().default(true),
  share: z.number(),
  pot: z
    .string()
    .regex(/^\d{1,39}$/)
    .transform(BigInt)
    .exactOptional(),
  utilityBefore: z.number().exactOptional(),
  utilityAfter: z.number().exactOptional(),
  utilityWithout: z.number().exactOptional(),
  model: z.object({ cid }),
  evidence: z.strictObject({ cid, size: z.int().nonnegative() }).exactOptional(),
})
const openingSchema = z.strictObject({
  round: z.int().positive(),
  envelope: z.instanceof(Uint8Array),
})
const confirmationSchema = openingSchema.extend({ update: cid })
const roundSchema = z.object({
  round: z.int().positive(),
  base_cid: cid.nullable(),
  base_size: z.int().nonnegative().nullable(),
  update_cid: cid.nullable(),
  samples: z.int().nullable(),
  train_ms: z.int().nullable(),
  accepted: z.int().nullable(),
  anchored: z.int().nullable(),
  result: z.string().nullable(),
})

/** The consent that a silo's journal keeps; undefined without one, and where no silo ever took part. */
export function readConsent(directory: string): Consent | undefined {
  const [row] = query(directory, 'SELECT manifest, given_at AS at FROM consent') ?? []
  return row === undefined ? undefined : parseRow(consentSchema, row, directory)
}

/** Rounds that a silo took part in or heard the result of, oldest first; undefined where no silo ever took part. */
export function readSiloRounds(directory: string): readonly SiloRound[] | undefined {
  const columns =
    'round, base_cid, base_size, update_cid, samples, train_ms, accepted, anchored, result'
  return query(directory, `SELECT ${columns} FROM round ORDER BY round`)?.map((row) =>
    roundOf(row, directory),
  )
}

/** What a silo carried out of its rounds, oldest first; older ones are forgotten. */
export function readMemories(directory: string): readonly KeptMemory[] {
  const rows = query(directory, SELECT_MEMORIES) ?? []
  return rows.map((row) => parseMemory(row, directory))
}

/** Signed openings of rounds as a silo heard them, oldest first; one a round and term. */
export function readOpenings(
  directory: string,
): readonly { readonly round: Round; readonly envelope: Uint8Array }[] {
  const rows = query(directory, 'SELECT round, envelope FROM opening ORDER BY round, term') ?? []
  return rows.map((row) => parseRow(openingSchema, row, directory))
}

/** What the aggregator signed of accepted updates of this silo, oldest first. */
export function readConfirmations(
  directory: string,
): readonly { readonly round: Round; readonly update: Cid; readonly envelope: Uint8Array }[] {
  const rows =
    query(
      directory,
      // Round 0 is the statistics step, whose answer is no update.
      'SELECT round, update_cid AS "update", envelope FROM receipt WHERE accepted = 1 AND round > 0 ORDER BY round',
    ) ?? []
  return rows.map((row) => parseRow(confirmationSchema, row, directory))
}

function query(directory: string, sql: string): readonly unknown[] | undefined {
  const file = path.join(directory, SILO_JOURNAL_FILE)
  if (!existsSync(file)) return undefined
  const database = openDatabase(file, { migrations: SILO_MIGRATIONS, readOnly: true })
  try {
    return database.prepare(sql).all()
  } finally {
    database.close()
  }
}

function roundOf(row: unknown, directory: string): SiloRound {
  const found = parseRow(roundSchema, row, directory)
  const { round, base_cid, base_size, update_cid, samples, train_ms, accepted, anchored, result } =
    found
  return {
    round,
    ...(base_cid === null || base_size === null
      ? {}
      : { base: { cid: base_cid, size: base_size } }),
    ...(samples === null ? {} : { samples }),
    ...(train_ms === null ? {} : { trainMs: train_ms }),
    ...(update_cid === null ? {} : { update: update_cid }),
    ...(accepted === null ? {} : { accepted: accepted === 1 }),
    ...(anchored === null ? {} : { anchored: anchored === 1 }),
    ...(result === null ? {} : { result: resultOf(parseJson(result), directory) }),
  }
}

function resultOf(stored: unknown, directory: string): NonNullable<SiloRound['result']> {
  const { model, ...figures } = parseRow(resultSchema, stored, directory)
  return { ...figures, model: model.cid }
}
