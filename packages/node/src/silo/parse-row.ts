import type { z } from 'zod'
import { SiloError } from './silo-error.ts'

/** A row of the journal at `path` in its form. @throws {SiloError} SILO_JOURNAL_CORRUPT. */
export function parseRow<T>(schema: z.ZodType<T>, row: unknown, path: string): T {
  const result = schema.safeParse(row)
  if (result.success) return result.data
  throw new SiloError(
    `${path}: a row does not have the form that fednode writes; restore it from a backup`,
    { code: 'SILO_JOURNAL_CORRUPT', path },
  )
}

/** JSON text of a row; undefined, which no schema takes, when it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // What is wrong is said by whoever checks the value.
    return undefined
  }
}
