import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { acquireDirectoryLock } from '@fednode/aggregator'
import { createBlobStore, FedError, type PeerKey } from '@fednode/protocol'
import type { Context } from '../framework/context.ts'
import { loadPeerKey } from '../identity/load-identity.ts'
import type { ScenarioPaths } from '../runtime/scenario-directory.ts'
import { type BlobSource, fetchedBlobs, localBlobs } from './blob-source.ts'
import type { ChainFacts } from './chain-facts.ts'

const PRIVATE_DIRECTORY = 0o700

/** Where a verification keeps what it fetches and makes: not among the blobs of a process that may be running. */
export function verifyDirectory(paths: Pick<ScenarioPaths, 'directory'>): string {
  return path.join(paths.directory, 'verify')
}

/**
 * Opens the places that blobs come from: the directories of this machine, and the aggregator where the chain says how to reach it and
 * this machine has a peer key.
 * @throws {UserError} DIRECTORY_LOCKED when another verification runs there.
 */
export async function openSource(
  where: { readonly dataDirectory: string; readonly paths: ScenarioPaths },
  facts: ChainFacts | undefined,
  { logger, signal }: Context,
): Promise<BlobSource> {
  const own = path.join(verifyDirectory(where.paths), 'blobs')
  const directories = [where.paths.blobs, own]
  if (facts === undefined)
    return localBlobs(
      directories,
      'neither chain nor peers are asked (--offline); a key is believed where it signed first',
    )
  const peerKey = await keyOf(where.dataDirectory)
  if (typeof peerKey === 'string') return localBlobs(directories, peerKey)
  const { federator } = facts.signers
  if (peerKey.peerId === federator)
    return localBlobs(directories, 'this is the aggregator’s own key')
  mkdirSync(own, { recursive: true, mode: PRIVATE_DIRECTORY })
  const lock = acquireDirectoryLock(verifyDirectory(where.paths))
  const { chainId, plan } = facts
  const { address, endpoint } = plan.state
  const scenario = `0x${address.slice(2).toLowerCase()}` as const
  const contact = { chainId, scenario, federator, endpoint, peerKey, logger, signal }
  const source = await fetchedBlobs([where.paths.blobs], {
    ...contact,
    blobs: createBlobStore(own),
  })
  return {
    ...source,
    async close() {
      await source.close()
      lock.release()
    },
  }
}

async function keyOf(directory: string): Promise<PeerKey | string> {
  try {
    return await loadPeerKey(directory)
  } catch (error) {
    if (error instanceof FedError) return `no peer key to ask with: ${error.message}`
    throw error
  }
}
