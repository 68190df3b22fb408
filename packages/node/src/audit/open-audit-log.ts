import { type FileHandle, open } from 'node:fs/promises'
import { type Cid, type Departure, type Logger, UserError } from '@fednode/protocol'
import { type AuditEntry, type AuditFacts, chainEntry, encodeEntry } from './audit-entry.ts'
import { AuditError } from './audit-error.ts'
import { readAuditLog } from './read-audit-log.ts'
import type { SentTransaction } from './sent-transaction.ts'
import { createTold, type Told } from './told.ts'

const PRIVATE_FILE = 0o600

/** The log of what leaves one silo in one federation, or one member of an alliance or task. */
export type AuditLog = {
  /**
   * Writes down what is about to leave; resolves when it is on the disk. What this peer has had already is not written again: nobody fills
   * the log by asking.
   * @throws {AuditError} AUDIT_WRITE_FAILED; nothing may leave then.
   */
  record(departure: Departure | SentTransaction): Promise<void>
  close(): Promise<void>
}

export type AuditLogDeps = {
  /** What a blob is in the words of the federation. */
  nameOf(cid: Cid): string
  /** Unix ms. */
  now(): number
  readonly logger: Logger
}

/**
 * Opens or creates the log (mode 0600, T42). It is only ever appended to, one JSON line a departure, each with the hash of the one before.
 * @throws {UserError} data AUDIT_BROKEN when what is there is not what was written.
 */
export async function openAuditLog(file: string, deps: AuditLogDeps): Promise<AuditLog> {
  const told = createTold()
  const { last, sizeBytes, brokenAt } = await readAuditLog(file, told.add)
  if (brokenAt !== undefined) throw broken(file, brokenAt)
  const handle = await open(file, 'a', PRIVATE_FILE)
  // What a crash cut short.
  await handle.truncate(sizeBytes)
  return appendTo(handle, { file, deps, told, last, sizeBytes })
}

function appendTo(
  handle: FileHandle,
  start: {
    readonly file: string
    readonly deps: AuditLogDeps
    readonly told: Told
    readonly last: AuditEntry | undefined
    readonly sizeBytes: number
  },
): AuditLog {
  const { file, deps, told } = start
  let { last, sizeBytes } = start
  // One after the other: each entry names the hash of the one before.
  let turn: Promise<unknown> = Promise.resolve()
  const append = async (departure: Departure | SentTransaction): Promise<void> => {
    const isTransaction = departure.kind === 'transaction'
    const bytes = isTransaction ? 0 : told.newBytes(departure)
    if (isTransaction ? !told.isNews(departure) : bytes === 0) return
    const entry = chainEntry({ ...factsOf(departure, deps), bytes }, last)
    const line = encodeEntry(entry)
    try {
      await handle.appendFile(line)
      await handle.datasync()
    } catch (cause) {
      // A part of the line may be there; the next one starts where this one did.
      await handle.truncate(sizeBytes).catch(() => {})
      throw failed(file, cause, deps.logger)
    }
    last = entry
    told.add(entry)
    sizeBytes += Buffer.byteLength(line)
  }
  return {
    record(departure) {
      const done = turn.then(() => append(departure))
      turn = done.catch(() => {})
      return done
    },
    async close() {
      await turn
      await handle.close()
    },
  }
}

function factsOf(
  departure: Departure | SentTransaction,
  { now, nameOf }: AuditLogDeps,
): Omit<AuditFacts, 'bytes'> {
  const at = new Date(now()).toISOString()
  if (departure.kind === 'transaction') return { at, ...departure }
  const { to } = departure
  if (departure.kind === 'blob') {
    return { at, kind: 'blob', what: nameOf(departure.cid), id: departure.cid, to }
  }
  const { type: what, round, digest: id } = departure
  return { at, kind: 'message', what, round, id, to }
}

function failed(file: string, cause: unknown, logger: Logger): AuditError {
  const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown'
  logger.error({ file, reason }, 'the audit log cannot be written, so nothing leaves this silo')
  return new AuditError(
    `${file}: cannot be written (${reason})`,
    { code: 'AUDIT_WRITE_FAILED', file, reason },
    { cause },
  )
}

function broken(file: string, line: number): UserError {
  return new UserError('data', `${file}: line ${line} is not what was written there`, {
    code: 'AUDIT_BROKEN',
    hint: 'Find out who changed it; to go on, move it to a safe place: a new log is begun.',
  })
}
