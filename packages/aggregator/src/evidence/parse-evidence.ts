import { CodecError, decodeCanonical } from '@fednode/protocol'
import { MAX_EVIDENCE_BYTES } from './encode-evidence.ts'
import { type Evidence, evidenceSchema } from './evidence.ts'
import { EvidenceError } from './evidence-error.ts'

/**
 * Reads a bundle from untrusted bytes: canonical, this version, every field in its range. What it claims is for checkEvidence.
 * @throws {EvidenceError} EVIDENCE_MALFORMED.
 */
export function parseEvidence(bytes: Uint8Array): Evidence {
  const parsed = evidenceSchema.safeParse(decode(bytes))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw malformed(`${issue?.path.map(String).join('.')}: ${issue?.message}`, parsed.error)
}

function decode(bytes: Uint8Array): unknown {
  try {
    return decodeCanonical(bytes, { maxBytes: MAX_EVIDENCE_BYTES })
  } catch (error) {
    if (error instanceof CodecError) throw malformed(error.message, error)
    throw error
  }
}

function malformed(reason: string, cause: unknown): EvidenceError {
  return new EvidenceError(
    `not an evidence bundle: ${reason}`,
    { code: 'EVIDENCE_MALFORMED', reason },
    { cause },
  )
}
