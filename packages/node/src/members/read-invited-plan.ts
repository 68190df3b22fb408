import {
  cidOfObject,
  createMemoryBlobStore,
  decodeManifest,
  type Logger,
  type MemberInvite,
  type PeerKey,
  type SignedInvite,
  UserError,
} from '@fednode/protocol'
import { askingHost } from '../network/asking-host.ts'
import { scenarioPaths } from '../runtime/scenario-directory.ts'
import { readKeptMemberPlan } from './kept-member-plan.ts'
import { memberScope } from './member-scope.ts'
import type { MemberPlan } from './read-member-plan.ts'

/** As whom the aggregator is asked. */
type Asker = {
  readonly peerKey: PeerKey
  /** Data directory; a manifest that an earlier start kept there is not asked for again. */
  readonly directory: string
  readonly logger: Logger
  readonly signal: AbortSignal
}

/**
 * The manifest that an invite names by its CID: the kept one, else what the aggregator gives to the peers that it names.
 * @throws {UserError} refused FOREIGN_INVITE; usage BAD_INVITE. @throws {TransportError} UNREACHABLE, REFUSED: it does not run, or this peer
 * is none of them. @throws {BlobError} BLOB_UNAVAILABLE.
 */
export async function readInvitedPlan(
  signed: SignedInvite<MemberInvite>,
  asker: Asker,
): Promise<MemberPlan> {
  const { invite, signer, id } = signed
  const { directory } = scenarioPaths(asker.directory, memberScope(invite.manifest).scenario)
  const bytes = readKeptMemberPlan(directory)?.bytes ?? (await fetchManifest(signed, asker))
  const cid = cidOfObject(bytes)
  const manifest = decodeManifest(bytes)
  if (cid !== invite.manifest || manifest.chain !== 'none') {
    throw new UserError('usage', `invite ${id} contradicts itself: its blob is another manifest`, {
      code: 'BAD_INVITE',
      hint: 'Ask the federator for another one.',
    })
  }
  const { aggregator } = manifest.members
  if (aggregator === signer) return { manifest, cid, bytes, source: `the manifest of invite ${id}` }
  throw new UserError(
    'refused',
    `invite ${id} was signed by ${signer}, not by the aggregator that its manifest names`,
    { code: 'FOREIGN_INVITE', hint: 'Ask the federator for one; do not use this one.' },
  )
}

async function fetchManifest(
  { invite, signer }: SignedInvite<MemberInvite>,
  { peerKey, logger, signal }: Asker,
): Promise<Uint8Array> {
  const blobs = createMemoryBlobStore()
  const scope = memberScope(invite.manifest)
  const host = askingHost({ ...scope, peerKey, federator: signer, blobs, logger })
  try {
    await host.start()
    await host.connect(invite.addresses.filter((address) => address.endsWith(`/p2p/${signer}`)))
    await host.fetchBlob(invite.blob, { peers: [signer], signal })
    return await blobs.get(invite.blob.cid)
  } finally {
    await host.stop()
  }
}
