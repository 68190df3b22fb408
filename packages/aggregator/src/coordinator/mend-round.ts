import { BlobError, type BlobRef, type BlobStore, type PeerIdText } from '@fednode/protocol'
import type { OpenRound } from '../journal/rounds.ts'
import type { Run } from './coordinator.ts'

/**
 * Asks the silos again for what an interrupted round needs and the disk has lost or spoilt: its model of everybody, and each accepted
 * update of the silo that made it. What is here is read once and left as it is.
 * @throws {BlobError} BLOB_UNAVAILABLE when nobody has it any more.
 */
export async function mendRound(
  {
    deps,
    host,
    signal,
  }: Pick<Run, 'host' | 'signal'> & {
    readonly deps: Pick<Run['deps'], 'blobs' | 'journal' | 'registry' | 'logger'>
  },
  { round, base }: Pick<OpenRound, 'round' | 'base'>,
): Promise<void> {
  const members = deps.registry.members()
  const needed: { readonly ref: BlobRef; readonly peers: readonly PeerIdText[] }[] = [
    { ref: base, peers: members.map(({ peerId }) => peerId) },
    ...deps.journal.updates(round).map(({ silo, update }) => ({
      ref: update,
      peers: members.filter(({ name }) => name === silo).map(({ peerId }) => peerId),
    })),
  ]
  for (const { ref, peers } of needed) {
    if (await isIntact(deps.blobs, ref)) continue
    deps.logger.warn({ round, cid: ref.cid }, 'a blob is damaged or gone and asked for again')
    await host.fetchBlob(ref, { peers, signal })
  }
}

/** Reads all of it: a file that is not its id is put aside by the store. */
async function isIntact(blobs: Pick<BlobStore, 'openReader'>, { cid }: BlobRef): Promise<boolean> {
  try {
    const reader = await blobs.openReader(cid)
    await reader.close()
    return true
  } catch (error) {
    if (error instanceof BlobError) return false
    throw error
  }
}
