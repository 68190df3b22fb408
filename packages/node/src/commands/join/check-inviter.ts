import {
  type ChainInvite,
  peerIdFromPublicKey,
  type SignedInvite,
  UserError,
} from '@fednode/protocol'
import type { ScenarioPlan } from '../../plan/plan.ts'

/**
 * Whether the federator on chain signed this invite, and for this account.
 * @throws {UserError} refused FOREIGN_INVITE (T55), INVITE_OF_ANOTHER.
 */
export function checkInviter(
  { invite, signer, id }: SignedInvite<ChainInvite>,
  { state }: Pick<ScenarioPlan, 'state'>,
  account: string,
): void {
  const { federatorPeerKey } = state.params
  const federator = peerIdFromPublicKey(Buffer.from(federatorPeerKey.slice(2), 'hex'))
  if (signer !== federator) {
    throw new UserError(
      'refused',
      `invite ${id} was signed by ${signer}, not by the federator of ${state.address.toLowerCase()}`,
      { code: 'FOREIGN_INVITE', hint: 'Ask the federator for one; do not use this one.' },
    )
  }
  if (invite.account === undefined || invite.account === account) return
  throw new UserError('refused', `invite ${id} is for ${invite.account}, and you are ${account}`, {
    code: 'INVITE_OF_ANOTHER',
    hint: 'Join with that account, or ask for an invite of your own.',
  })
}
