import { CodecError } from '../codec/errors.ts'
import { parseStrictJson } from '../codec/strict-json.ts'
import { dataSchema } from './data-schema.ts'
import type { DataSpec } from './data-types.ts'

/** A schema of rows out of a JSON text, as exported models carry it; undefined where it is none. Rules between its keys are not checked. */
export function parseData(json: string): DataSpec | undefined {
  try {
    return dataSchema.safeParse(parseStrictJson(json)).data
  } catch (error) {
    if (error instanceof CodecError) return undefined
    throw error
  }
}
