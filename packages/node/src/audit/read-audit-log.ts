import { createReadStream } from 'node:fs'
import { type AuditEntry, parseEntry } from './audit-entry.ts'

/** Name of the log in the directory of one federation. */
export const AUDIT_FILE = 'audit.jsonl'
/** Longer than any entry. */
const MAX_LINE_BYTES = 2_048
const NEWLINE = 10

/** A log as it lies on the disk. */
export type AuditReading = {
  /** The last intact entry. */
  readonly last: AuditEntry | undefined
  /** Bytes of the intact entries: a line that a crash cut short comes after them. */
  readonly sizeBytes: number
  /** Number of the first line that does not follow from those before it. */
  readonly brokenAt?: number
}

/**
 * Reads a log as far as it is intact; an absent one has no entries. A last line without its end was being written in a crash: what it was
 * to record did not leave, and it is no break.
 */
export async function readAuditLog(
  file: string,
  onEntry: (entry: AuditEntry) => void = () => {},
): Promise<AuditReading> {
  let last: AuditEntry | undefined
  let sizeBytes = 0
  for await (const line of linesOf(file)) {
    const entry = line === undefined ? undefined : parseEntry(line, last)
    if (line === undefined || entry === undefined) {
      return { last, sizeBytes, brokenAt: (last?.seq ?? 0) + 1 }
    }
    onEntry(entry)
    last = entry
    sizeBytes += Buffer.byteLength(line) + 1
  }
  return { last, sizeBytes }
}

/** Complete lines; undefined for one that is too long to be an entry, after which nothing follows. */
async function* linesOf(file: string): AsyncGenerator<string | undefined> {
  let rest = Buffer.alloc(0)
  try {
    for await (const chunk of createReadStream(file)) {
      rest = Buffer.concat([rest, chunk])
      for (let end = rest.indexOf(NEWLINE); end >= 0; end = rest.indexOf(NEWLINE)) {
        yield rest.toString('utf8', 0, end)
        rest = rest.subarray(end + 1)
      }
      if (rest.length > MAX_LINE_BYTES) return yield undefined
    }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
  }
}
