import { type BlobRef, isCid, type Round } from '@fednode/protocol'
import { z } from 'zod'
import { parseJson, parseRow } from './parse-row.ts'

/** Rounds that have a memory, oldest first; rows are read by parseMemory. */
export const SELECT_MEMORIES =
  'SELECT round, memory_cid, memory_size, accepted, result FROM round WHERE memory_cid IS NOT NULL ORDER BY round'

/** What a silo carried out of a round, see MemoryKind. */
export type KeptMemory = {
  readonly round: Round
  readonly memory: BlobRef
  /** Whether the update that it belongs to was part of the round; by its receipt where no result came. */
  readonly counted: boolean
}

const memorySchema = z.strictObject({
  round: z.int().positive(),
  memory_cid: z.custom<BlobRef['cid']>(isCid),
  memory_size: z.int().nonnegative(),
  accepted: z.int().nullable(),
  result: z.string().nullable(),
})
const resultSchema = z.object({ measured: z.boolean().exactOptional() })

/** @param path - of the journal. @throws {SiloError} SILO_JOURNAL_CORRUPT. */
export function parseMemory(row: unknown, path: string): KeptMemory {
  const { round, memory_cid, memory_size, accepted, result } = parseRow(memorySchema, row, path)
  const { measured } = result === null ? {} : parseRow(resultSchema, parseJson(result), path)
  const memory = { cid: memory_cid, size: memory_size }
  return { round, memory, counted: measured ?? accepted === 1 }
}

/** Memory after the newest round before `round` whose update counted. */
export function memoryBefore(round: Round, memories: readonly KeptMemory[]): BlobRef | undefined {
  return memories.findLast((one) => one.round < round && one.counted)?.memory
}
