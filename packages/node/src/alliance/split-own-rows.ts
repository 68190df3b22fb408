import { type Dataset, readIntoMemory, splitRows, type TrainingRows } from '@fednode/engine'
import { UserError } from '@fednode/protocol'
import { sizeText } from '../framework/memory-size.ts'

/** Share of the rows that a node never trains on, and judges by. */
const HELD_SHARE = 0.2
const KIB = 1_024

/** What a node of an alliance has its own rows for. */
export type OwnRows = { readonly trained: TrainingRows; readonly held: Dataset }

/**
 * Splits a node's rows: those that it trains on stay where they are, in memory or in a file; those that it judges by are in memory, where
 * several models at once are measured on them.
 * @param how - `memoryBytes`: what features may take there.
 * @throws {UserError} MEMORY_LIMIT_TOO_SMALL (usage); DATA_DISK_FULL, DATA_DISK_FAILED. {EngineError} BAD_PLAN of a single row or group.
 */
export async function splitOwnRows(
  rows: TrainingRows,
  { seed, memoryBytes }: { readonly seed: number; readonly memoryBytes: number },
): Promise<OwnRows> {
  const { trained, held } = await splitRows(rows, { share: HELD_SHARE, seed })
  if (!('file' in rows && 'file' in held)) return { trained, held: await readIntoMemory(held) }
  // Both are copies.
  rows.file.close()
  const bytes = held.count * held.file.rowBytes
  if (bytes > memoryBytes) {
    for (const part of [trained, held]) if ('file' in part) part.file.close()
    throw tooLittle(bytes, memoryBytes)
  }
  return { trained, held: await readIntoMemory(held) }
}

function tooLittle(bytes: number, allowed: number): UserError {
  const wanted = sizeText(Math.ceil(bytes / KIB) * KIB)
  return new UserError(
    'usage',
    `the fifth of your rows that rounds are judged by takes ${wanted} of memory, and --memory-limit allows ${sizeText(allowed)}`,
    {
      code: 'MEMORY_LIMIT_TOO_SMALL',
      hint: `Give  --memory-limit ${wanted}  or fewer rows; those that are trained on may stay in a file.`,
    },
  )
}
