import { type ChainAccount, readScenario } from '@fednode/contracts'
import { type ChainInvite, MAX_INVITE_ADDRESSES, type PeerKey, UserError } from '@fednode/protocol'
import { peerAddress } from '../../../framework/value-type.ts'
import { noAddress } from './no-address.ts'

/** What an invite to a Scenario says. */
type ChainInviteTerms = {
  readonly scenario: `0x${string}`
  /** Unix ms. */
  readonly expires: number
  readonly address?: readonly string[] | undefined
  readonly relays: readonly string[]
  readonly guest?: `0x${string}` | undefined
}

/** An invite to a Scenario by its federator. @throws {UserError} refused NOT_FEDERATOR; usage NO_ADDRESS. */
export async function chainInvite(
  { scenario, expires, address, relays, guest }: ChainInviteTerms,
  account: ChainAccount,
  peerKey: PeerKey,
): Promise<ChainInvite> {
  const state = await readScenario(account, { scenario })
  const signer = `0x${Buffer.from(peerKey.publicKey).toString('hex')}`
  if (state.params.federatorPeerKey.toLowerCase() !== signer) {
    throw new UserError('refused', `only the federator of ${scenario} can invite to it`, {
      code: 'NOT_FEDERATOR',
      hint: 'Give the --dir whose keys created the federation.',
    })
  }
  const endpoint = state.endpoint.split(',').filter((one) => peerAddress.parse(one) !== undefined)
  const known = address ?? endpoint
  if (known.length === 0) throw noAddress()
  return {
    chainId: account.chainId,
    scenario,
    orchestrator: lower(state.orchestrator),
    addresses: known.slice(0, MAX_INVITE_ADDRESSES),
    relays,
    expires,
    ...(guest === undefined ? {} : { account: guest }),
  }
}

function lower(text: string): `0x${string}` {
  return `0x${text.slice(2).toLowerCase()}`
}
