import type { z } from 'zod'
import { decodeCanonical } from '../codec/canonical.ts'
import { CodecError } from '../codec/errors.ts'
import { MAX_STATISTICS_BYTES } from '../limits.ts'
import { malformedPreprocessing } from './errors.ts'

/** Reads a blob of the statistics step from untrusted bytes. @throws {PreprocessingError} PREPROCESSING_MALFORMED. */
export function decodeBlob<T>(bytes: Uint8Array, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(decode(bytes))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw malformedPreprocessing(`${issue?.path.map(String).join('.')}: ${issue?.message}`)
}

function decode(bytes: Uint8Array): unknown {
  try {
    return decodeCanonical(bytes, { maxBytes: MAX_STATISTICS_BYTES })
  } catch (error) {
    if (error instanceof CodecError) throw malformedPreprocessing(error.message, error)
    throw error
  }
}
