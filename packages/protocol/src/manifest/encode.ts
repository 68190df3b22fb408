import { decodeCanonical, encodeCanonical, sameBytes } from '../codec/canonical.ts'
import { CodecError } from '../codec/errors.ts'
import { type Cid, cidOfObject } from '../ids.ts'
import { MAX_MANIFEST_BYTES } from '../limits.ts'
import { checkManifest } from './check.ts'
import { invalidManifest, ManifestError } from './errors.ts'
import { mapAt, REAL_PATHS } from './paths.ts'
import type { Manifest } from './types.ts'

/**
 * Canonical bytes and CID of a manifest. The wire has no floats: the real numbers of a manifest (REAL_PATHS) are written as their shortest
 * decimal text that reads back to the same double (ECMAScript Number::toString), integers among them too.
 * @throws {ManifestError} MANIFEST_INVALID, MANIFEST_TOO_LARGE.
 */
export function encodeManifest(manifest: Manifest): {
  readonly bytes: Uint8Array
  readonly cid: Cid
} {
  const bytes = encodeCanonical(REAL_PATHS.reduce(writeReal, checked(manifest)))
  assertSize(bytes)
  return { bytes, cid: cidOfObject(bytes) }
}

/**
 * Reads what encodeManifest writes and nothing else.
 * @throws {ManifestError} MANIFEST_TOO_LARGE, MANIFEST_NOT_CANONICAL, MANIFEST_INVALID.
 */
export function decodeManifest(bytes: Uint8Array): Manifest {
  assertSize(bytes)
  const manifest = checked(REAL_PATHS.reduce(readReal, decode(bytes)))
  if (!sameBytes(encodeManifest(manifest).bytes, bytes)) {
    throw notCanonical('a number is not in its shortest form')
  }
  return manifest
}

function writeReal(value: unknown, path: readonly string[]): unknown {
  return mapAt(value, path, (real) => String(real))
}

function readReal(value: unknown, path: readonly string[]): unknown {
  // What is not a number's own text stays as it is, and the schema refuses it.
  return mapAt(value, path, (text) =>
    typeof text === 'string' && String(Number(text)) === text ? Number(text) : text,
  )
}

function checked(value: unknown): Manifest {
  const result = checkManifest(value)
  if (!result.ok) throw invalidManifest(result.issues)
  return result.manifest
}

function decode(bytes: Uint8Array): unknown {
  try {
    return decodeCanonical(bytes)
  } catch (cause) {
    if (cause instanceof CodecError) throw notCanonical(cause.message, cause)
    throw cause
  }
}

function assertSize(bytes: Uint8Array): void {
  if (bytes.length > MAX_MANIFEST_BYTES) {
    throw new ManifestError(
      `a manifest of ${bytes.length} bytes, at most ${MAX_MANIFEST_BYTES} are allowed`,
      { code: 'MANIFEST_TOO_LARGE', size: bytes.length, limit: MAX_MANIFEST_BYTES },
    )
  }
}

function notCanonical(reason: string, cause?: unknown): ManifestError {
  return new ManifestError(
    `not a canonical manifest: ${reason}`,
    { code: 'MANIFEST_NOT_CANONICAL', reason },
    { cause },
  )
}
