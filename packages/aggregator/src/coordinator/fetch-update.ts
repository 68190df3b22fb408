import { BlobError, type RefusalCode, type RoundDecision, type SiloName } from '@fednode/protocol'
import type { Run } from './coordinator.ts'
import type { Limiter } from './limiter.ts'

export type FetchDecision = Extract<RoundDecision, { type: 'fetch' }>
/** Whether bytes may be taken, or why not. */
export type CheckedBytes =
  | { readonly ok: true }
  | { readonly ok: false; readonly code: RefusalCode; readonly tensor?: string }

/** `code` only when the update is not taken. */
type FetchResult = { readonly fetchMs: number; readonly code?: RefusalCode }

/**
 * Fetches an announced update and checks its content; who is at fault for a failure decides the code. What is refused does not stay.
 * @param parts.signal - ends it with the round: what comes later counts for nothing.
 */
export async function fetchUpdate(
  { host, deps }: Run,
  { update, from, silo }: FetchDecision,
  parts: {
    check(bytes: Uint8Array, silo: SiloName): CheckedBytes
    readonly limit: Limiter
    readonly signal: AbortSignal
  },
): Promise<FetchResult> {
  const { limit, signal } = parts
  const startedAt = deps.elapsed()
  try {
    // It may be an update of an earlier round, or a model.
    const wasHere = await deps.blobs.has(update.cid)
    await host.fetchBlob(update, { peers: [from], signal })
    const fetchMs = Math.round(deps.elapsed() - startedAt)
    // Only the verdict outlives this: the bytes are in the store, the weights are decoded again when the round is aggregated.
    const checked = await limit(update.size, async () =>
      parts.check(await deps.blobs.get(update.cid), silo),
    )
    if (checked.ok) return { fetchMs }
    if (!wasHere) await deps.blobs.remove(update.cid)
    deps.logger.warn({ silo, code: checked.code, tensor: checked.tensor }, 'an update is refused')
    return { fetchMs, code: checked.code }
  } catch (error) {
    if (!(error instanceof BlobError)) throw error
    return { fetchMs: 0, code: refusalFor(error) }
  }
}

/** What a provider sends when it sends something else than it announced. */
const LIES: readonly string[] = ['BLOB_BAD_CHUNK', 'BLOB_BAD_DESCRIPTOR', 'BAD_FRAME']

/** Who sends other bytes than it announced, or announces what is no blob, is at fault; one that is gone is not. */
function refusalFor({ info }: BlobError): RefusalCode {
  if (info.code === 'BLOB_TOO_LARGE') return 'TOO_LARGE'
  if (info.code === 'BLOB_BAD_REFERENCE') return 'BAD_CONTENT'
  if (info.code !== 'BLOB_UNAVAILABLE') return 'UNAVAILABLE'
  return Object.values(info.reasons).some((code) => LIES.includes(code))
    ? 'BAD_CONTENT'
    : 'UNAVAILABLE'
}
