import {
  cidOfBlob,
  MAX_INVITE_ADDRESSES,
  type MemberInvite,
  type PeerKey,
  UserError,
} from '@fednode/protocol'
import { peerAddress } from '../../../framework/value-type.ts'
import { memberScope } from '../../../members/member-scope.ts'
import { readMemberPlan } from '../../../members/read-member-plan.ts'
import { readNetworkFile } from '../../../network/network-file.ts'
import { scenarioPaths } from '../../../runtime/scenario-directory.ts'
import { noAddress } from './no-address.ts'

/** What an invite to a federation without a chain says. */
type MemberInviteTerms = {
  /** Path of the manifest. */
  readonly manifest: string
  /** Data directory of the aggregator. */
  readonly directory: string
  /** Unix ms. */
  readonly expires: number
  readonly address?: readonly string[] | undefined
  readonly relays: readonly string[]
}

/**
 * An invite to a federation without a chain by its aggregator, who has the manifest for those that it names.
 * @throws {UserError} refused NOT_FEDERATOR; usage NO_ADDRESS, and as readMemberPlan.
 */
export async function memberInvite(
  { manifest: file, directory, expires, address, relays }: MemberInviteTerms,
  { peerId }: Pick<PeerKey, 'peerId'>,
): Promise<MemberInvite> {
  const { manifest, cid, bytes } = await readMemberPlan(file)
  const { aggregator } = manifest.members
  if (aggregator !== peerId) {
    throw new UserError(
      'refused',
      `${file}: only the aggregator, ${aggregator}, can invite to it`,
      {
        code: 'NOT_FEDERATOR',
        hint: 'Give the --dir whose peer key the manifest names as members.aggregator.',
      },
    )
  }
  const paths = scenarioPaths(directory, memberScope(cid).scenario)
  const known = address ?? (await readNetworkFile(paths.directory))?.addresses ?? []
  const own = known.filter((one) => isOf(one, aggregator))
  // Nobody else gives the manifest.
  if (own.length === 0) throw noAddress()
  const others = known.filter((one) => !isOf(one, aggregator))
  return {
    manifest: cid,
    blob: { cid: cidOfBlob(bytes), size: bytes.length },
    addresses: [...own, ...others].slice(0, MAX_INVITE_ADDRESSES),
    relays,
    expires,
  }
}

function isOf(address: string, peer: string): boolean {
  return peerAddress.parse(address) !== undefined && address.endsWith(`/p2p/${peer}`)
}
