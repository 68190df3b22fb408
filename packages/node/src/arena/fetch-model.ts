import { setTimeout as sleep } from 'node:timers/promises'
import type { Task } from '@fednode/contracts'
import { BlobError, cidFromDigest } from '@fednode/protocol'
import type { ArenaRun } from './arena-member.ts'
import { arenaModelBytes } from './arena-model.ts'

/** Wait before a model is asked for again when nobody delivered it, in ms. */
const FETCH_RETRY_MS = 500

/**
 * Fetches a model by its digest, no more bytes than every model of this task has: asks its node and then everybody, until it is there or
 * the signal fires. Whoever has it may be away for a moment.
 */
export async function fetchModel(
  run: ArenaRun,
  { node, model: digest }: Task['entries'][number],
  signal: AbortSignal,
): Promise<void> {
  const { deps, host, model } = run
  const cid = cidFromDigest(digest, 'dag-cbor')
  const size = arenaModelBytes((await run.engine()).weightSpecs(model))
  while (!signal.aborted && !(await deps.blobs.has(cid))) {
    const origin = deps.peers.peerOf(node)
    const others = host.connectedMembers().filter((peer) => peer !== origin)
    const peers = [...(origin === undefined ? [] : [origin]), ...others]
    try {
      await host.fetchBlob({ cid, size }, { peers, signal })
    } catch (error) {
      if (!signal.aborted && !(error instanceof BlobError)) throw error
      await sleep(FETCH_RETRY_MS, undefined, { signal }).catch(() => {})
    }
  }
}
