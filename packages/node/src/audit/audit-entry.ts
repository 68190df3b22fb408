import { createHash } from 'node:crypto'
import { z } from 'zod'

/** Hash before the first entry. */
export const GENESIS = '0'.repeat(64)

const hash = z.string().regex(/^[0-9a-f]{64}$/)

const entrySchema = z.strictObject({
  /** From 1, without a gap. */
  seq: z.int().positive(),
  /** ISO 8601, UTC. */
  at: z.iso.datetime(),
  kind: z.enum(['message', 'blob', 'transaction']),
  /** Type of the message; of a blob: the silo's own update, or a global model that it had received; what a transaction says. */
  what: z.string().max(40),
  /** Of messages and transactions; 0: before the first, when silos pool what they know of their columns. */
  round: z.int().nonnegative().exactOptional(),
  /** A message's SHA-256, a blob's CID, what a transaction commits to. */
  id: z.string().max(120),
  /** Of the message; of the blob what was asked for in one request; 0 of a transaction, which everybody can read on its chain. */
  bytes: z.int().nonnegative(),
  /** Peer id, or `members` for what is gossiped to all of them; a transaction's contract. */
  to: z.string().max(120),
  /** Hash of the entry before: who removes or changes one changes all that follow. */
  previous: hash,
  /** SHA-256 of the entry's JSON without this field. */
  hash,
})

/** One thing that left a silo, or who takes part in an alliance or task: never a value, only which, how large, when and to whom. */
export type AuditEntry = z.infer<typeof entrySchema>

/** What an entry says, without its place in the chain. */
export type AuditFacts = Omit<AuditEntry, 'seq' | 'previous' | 'hash'>

/** The entry that follows `previous`; undefined: the first one. */
export function chainEntry(
  facts: AuditFacts,
  previous: Pick<AuditEntry, 'seq' | 'hash'> | undefined,
): AuditEntry {
  const { at, kind, what, round, id, bytes, to } = facts
  const body = {
    seq: (previous?.seq ?? 0) + 1,
    at,
    kind,
    what,
    ...(round === undefined ? {} : { round }),
    id,
    bytes,
    to,
    previous: previous?.hash ?? GENESIS,
  }
  return { ...body, hash: hashOf(body) }
}

/** The line of the log, with its end. */
export function encodeEntry(entry: AuditEntry): string {
  return `${JSON.stringify(entry)}\n`
}

/** The entry of a line, when it is one that follows `previous` in the spelling of encodeEntry; undefined otherwise. */
export function parseEntry(
  line: string,
  previous: Pick<AuditEntry, 'seq' | 'hash'> | undefined,
): AuditEntry | undefined {
  const parsed = entrySchema.safeParse(parseJson(line)).data
  if (parsed === undefined) return undefined
  const expected = encodeEntry(chainEntry(parsed, previous))
  return expected === `${line}\n` ? parsed : undefined
}

function hashOf(body: object): string {
  return createHash('sha256').update(JSON.stringify(body)).digest('hex')
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Not JSON: the schema refuses undefined.
    return undefined
  }
}
