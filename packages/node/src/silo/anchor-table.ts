import type { DatabaseSync } from 'node:sqlite'
import { type BlobRef, isCid, type Round } from '@fednode/protocol'
import { z } from 'zod'
import { parseJson, parseRow } from './parse-row.ts'

/** Whether the chain anchors what the aggregator told of a round: 1 or 0; null while that is not known. */
export const ANCHORED_COLUMN = 'ALTER TABLE round ADD COLUMN anchored INTEGER'

const cid = z.custom<BlobRef['cid']>(isCid)
const rowSchema = z.strictObject({ round: z.int().positive(), result: z.string() })
const resultSchema = z.object({
  model: z.object({ cid }),
  evidence: z.object({ cid }).exactOptional(),
  paid: z.boolean().default(true),
})

/** A round's outcome as the aggregator told it. */
export type ToldOutcome = {
  readonly round: Round
  readonly model: BlobRef['cid']
  readonly evidence: BlobRef['cid']
}

/** What a silo knows of the chain's word on its rounds. */
export type AnchorTable = {
  /** Rounds that paid somebody and are not compared with the chain yet, oldest first. */
  unanchored(): readonly ToldOutcome[]
  saveAnchored(round: Round, isSame: boolean): void
}

/** @param path - of the database, for messages. */
export function createAnchorTable(database: DatabaseSync, path: string): AnchorTable {
  const open = database.prepare(
    'SELECT round, result FROM round WHERE result IS NOT NULL AND anchored IS NULL ORDER BY round',
  )
  const save = database.prepare('UPDATE round SET anchored = ? WHERE round = ?')
  return {
    unanchored: () => open.all().flatMap((row) => toldOf(row, path)),
    saveAnchored: (round, isSame) => void save.run(isSame ? 1 : 0, round),
  }
}

function toldOf(row: unknown, path: string): readonly ToldOutcome[] {
  const { round, result } = parseRow(rowSchema, row, path)
  const { model, evidence, paid } = parseRow(resultSchema, parseJson(result), path)
  // Rounds that pay nobody are never anchored; older journals do not name the evidence.
  return paid && evidence !== undefined ? [{ round, model: model.cid, evidence: evidence.cid }] : []
}
