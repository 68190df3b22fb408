import {
  type ChainInvite,
  decodeInvite,
  INVITE_PREFIX,
  type SignedInvite,
  UserError,
} from '@fednode/protocol'
import { peerAddress } from '../../framework/value-type.ts'
import type { JoinOptions } from './handler.ts'

/**
 * Options as if what an invite says had been given one by one; without an invite unchanged. What the administrator gave himself goes first.
 * @throws {UserError} usage BAD_INVITE, OTHER_ORCHESTRATOR; refused INVITE_EXPIRED.
 */
export function acceptInvite(options: JoinOptions, now: number): JoinOptions {
  if (!options.federation.startsWith(INVITE_PREFIX)) return options
  const signed = decodeInvite(options.federation)
  const { invite } = signed
  if (invite.expires < now) throw expired(signed)
  const relays = invite.relays.map(checkAddress)
  const reached = {
    ...options,
    bootstrap: [...(options.bootstrap ?? []), ...invite.addresses.map(checkAddress)],
    relay: options.relay ?? (relays.length > 0 ? relays : undefined),
  }
  if ('manifest' in invite) return { ...reached, memberInvite: { ...signed, invite } }
  checkOrchestrator(options, invite)
  return {
    ...reached,
    federation: invite.scenario,
    // Connecting fails when the endpoint serves another chain (T51).
    chainId: options.chainId ?? invite.chainId,
    orchestrator: invite.orchestrator,
    invite: { ...signed, invite },
  }
}

/** What an invite names is dialled only when the command line could have named it (T29). */
function checkAddress(text: string): string {
  const address = peerAddress.parse(text)
  if (address !== undefined) return address
  throw new UserError('usage', `the invite names "${text}", which is not the address of a peer`, {
    code: 'BAD_INVITE',
    hint: 'Ask the federator for another one.',
  })
}

/** Whoever made a look-alike contract can sign an invite to it as well (T55). */
function checkOrchestrator({ orchestrator }: JoinOptions, invite: ChainInvite): void {
  if (orchestrator === undefined || orchestrator === invite.orchestrator) return
  throw new UserError(
    'usage',
    `the invite is for a federation of Orchestrator ${invite.orchestrator}, and you trust ${orchestrator}`,
    { code: 'OTHER_ORCHESTRATOR', hint: 'Ask the federator; do not join what you cannot place.' },
  )
}

function expired({ invite, id }: SignedInvite): UserError {
  const moment = new Date(invite.expires).toISOString()
  return new UserError('refused', `invite ${id} was good until ${moment}`, {
    code: 'INVITE_EXPIRED',
    hint: 'Ask the federator for a new one, and look at the clock of this machine.',
  })
}
