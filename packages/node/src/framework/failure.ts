import { EXIT_CODES, type Fault, FedError, UserError } from '@fednode/protocol'
import { databaseFailureOf } from './database-failure.ts'
import { Interruption } from './interruption.ts'

/** Exit code of a command that was interrupted (128 + SIGINT), as shells expect. */
export const INTERRUPTED = 130
/** Exit code of a defect of ours. */
export const BUG = 1

/** An error as a person, a script or a parent process sees it. */
export type Failure = {
  readonly code: string
  readonly message: string
  readonly hint?: string
  readonly exitCode: number
  /** Only for defects. */
  readonly stack?: string
}

// Errors of the other packages that somebody can act on, by code or class name: the classes themselves live in heavy modules.
const FAULTS: Readonly<Record<string, Fault>> = {
  BLOB_CORRUPT: 'data',
  BLOB_DISK_FULL: 'data',
  BLOB_NOT_FOUND: 'data',
  TOO_MANY_SILOS: 'usage',
  COALITIONS_UNKNOWN: 'usage',
  CLASSES_UNKNOWN: 'usage',
  BlobError: 'network',
  TransportError: 'network',
  ManifestError: 'usage',
  EngineError: 'data',
  EvidenceError: 'data',
  BALLOT_JOURNAL_CORRUPT: 'data',
  JOURNAL_CORRUPT: 'data',
  JOURNAL_OF_ANOTHER: 'usage',
  JOURNAL_TOO_NEW: 'usage',
  SiloError: 'refused',
}

// What to do about errors whose classes know no command line.
const HINTS: Readonly<Record<string, string>> = {
  BALLOT_JOURNAL_CORRUPT:
    'Restore the file and start again before the reveals end: the vote still counts. Without a copy move it away: what was committed to is lost, and penalised; later rounds are played.',
  UNREACHABLE:
    'Its port may be blocked from here: try an address with /tls/ws (port 443) or a relay (--relay), or run  fednode doctor.',
  REFUSED: "fednode doctor  and the other side's log say more.",
}

// System errors that say something about the machine, not about us; what they say of a path.
const SYSTEM_CODES: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'this user may not access it',
  EPERM: 'this user may not do that to it',
  EROFS: 'it is on a read-only disk',
  ENOSPC: 'the disk is full',
  EDQUOT: "this user's share of the disk is used up",
  EISDIR: 'it is a folder',
  ENOTDIR: 'it lies in something that is no folder',
  EEXIST: 'something else is there already',
}

/** Sorts any thrown value into an exit code and what to print. */
export function failureOf(error: unknown, signal: AbortSignal): Failure {
  if (error instanceof UserError) {
    const { code, fault, hint } = error.info
    const failure = { code, message: error.message, exitCode: EXIT_CODES[fault] }
    return hint === undefined ? failure : { ...failure, hint }
  }
  if (error instanceof Interruption || (signal.aborted && isAbort(error, signal))) {
    return { code: 'INTERRUPTED', message: 'stopped before it was done', exitCode: INTERRUPTED }
  }
  if (error instanceof FedError) {
    const fault = FAULTS[error.code] ?? FAULTS[error.name]
    const { code, message, stack = message } = error
    if (fault === undefined) return { code, message, exitCode: BUG, stack }
    const hint = HINTS[code]
    const failure = { code, message, exitCode: EXIT_CODES[fault] }
    return hint === undefined ? failure : { ...failure, hint }
  }
  const systemCode = systemCodeOf(error)
  if (systemCode !== undefined) {
    return { code: systemCode, message: sayOf(error, systemCode), exitCode: EXIT_CODES.usage }
  }
  const database = databaseFailureOf(error)
  if (database !== undefined) return { ...database, exitCode: EXIT_CODES.data }
  return { code: 'BUG', message: messageOf(error), exitCode: BUG, stack: stackOf(error) }
}

function isAbort(error: unknown, signal: AbortSignal): boolean {
  return error === signal.reason || (error instanceof Error && error.name === 'AbortError')
}

function systemCodeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) return undefined
  return Object.keys(SYSTEM_CODES).find((code) => code === error.code)
}

function sayOf(error: unknown, code: string): string {
  const path = error instanceof Error && 'path' in error ? error.path : undefined
  return typeof path === 'string' ? `${path}: ${SYSTEM_CODES[code]}` : messageOf(error)
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
