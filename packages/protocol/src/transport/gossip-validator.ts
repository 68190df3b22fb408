import { type TopicValidatorFn, TopicValidatorResult } from '@libp2p/gossipsub'
import type { AddressText, PeerIdText } from '../ids.ts'
import type { Logger } from '../logger.ts'
import { checkScope } from '../messages/scope.ts'
import { openSignedMessage } from '../messages/signed.ts'
import type { SignedMessage, Verdict } from '../messages/types.ts'
import { peerIdText } from './gater.ts'
import { GOSSIP_BURST, GOSSIP_PER_SECOND } from './limits.ts'
import { createTokenBucket } from './token-bucket.ts'
import type { HostRules } from './types.ts'

/** Where the messages belong, and who reads them. */
export type GossipValidatorOptions = {
  readonly self: PeerIdText
  readonly chainId: number
  readonly scenario: AddressText
}

export type GossipValidatorDeps = {
  readonly rules: Pick<HostRules, 'checkMessage' | 'onMessage' | 'isMember'>
  readonly logger: Logger
  /** Unix ms. */
  clock(): number
  penalize(peer: PeerIdText, code: string): void
}

/**
 * Judges every gossiped message before it is delivered or passed on: size, form and signature (T2), Scenario, chain and age (T3, T14),
 * membership of the sender, rate (T6), then the owner's rules. Reject costs the peer that brought it, because it had to judge the same. A
 * member's good message counts for its sender: who floods is cut off, not who passes it on; anything else counts for who brings it.
 */
export function createGossipValidator(
  options: GossipValidatorOptions,
  deps: GossipValidatorDeps,
): TopicValidatorFn {
  const bucket = createTokenBucket({ burst: GOSSIP_BURST, perSecond: GOSSIP_PER_SECOND })
  return async (from, { data }) => {
    const carrier = peerIdText(from)
    const opened = await open(data, options, deps)
    const payer = 'signed' in opened ? opened.signed.sender : carrier
    if (!bucket.take(payer)) {
      deps.penalize(payer, 'FLOOD')
      return TopicValidatorResult.Ignore
    }
    const verdict = 'signed' in opened ? deps.rules.checkMessage(opened.signed) : opened.verdict
    if (verdict.action === 'accept') {
      if ('signed' in opened) deliver(opened.signed, deps)
      return TopicValidatorResult.Accept
    }
    deps.logger.debug({ peer: carrier, code: verdict.code }, 'message not taken')
    if (verdict.action === 'reject') deps.penalize(carrier, verdict.code)
    return verdict.action === 'reject' ? TopicValidatorResult.Reject : TopicValidatorResult.Ignore
  }
}

type Opened = { readonly signed: SignedMessage } | { readonly verdict: Verdict }

/** A message of a member, which it signed, of this Scenario, and of now; or what is wrong with it. */
async function open(
  data: Uint8Array,
  options: GossipValidatorOptions,
  { rules, clock }: GossipValidatorDeps,
): Promise<Opened> {
  const opened = openSignedMessage(data)
  if (!opened.ok) return { verdict: { action: 'reject', code: opened.code } }
  const { signed } = opened
  // An own message comes back only when it is replayed.
  if (signed.sender === options.self) return { verdict: { action: 'ignore', code: 'OWN_MESSAGE' } }
  // The term is a matter of the rounds, not of the transport.
  const scope = checkScope(signed.message, { ...options, now: clock(), term: 0 })
  if (scope.action !== 'accept') return { verdict: scope }
  // Ignore, not reject: the peer that passed it on may have a fresher registry than we.
  if (!(await rules.isMember(signed.sender))) {
    return { verdict: { action: 'ignore', code: 'SENDER_NOT_MEMBER' } }
  }
  return { signed }
}

// Not within the validator, so that a slow owner does not hold up what others wait for, and a failing one does not look like a bad peer.
function deliver(signed: SignedMessage, { rules, logger }: GossipValidatorDeps): void {
  setImmediate(() => {
    try {
      rules.onMessage(signed)
    } catch (error) {
      logger.error({ error, type: signed.message.type }, 'handling of a message failed')
    }
  })
}
