import type { Member, Registry } from '@fednode/contracts'
import {
  type AddressText,
  type Cid,
  checkScope,
  type HostRules,
  type PeerIdText,
  type SignedMessage,
  type UpdateReady,
  type Verdict,
} from '@fednode/protocol'
import type { MemberWatch } from './member-watch.ts'

/** What the aggregator knows when a message arrives. */
export type FederatorView = {
  readonly chainId: number
  readonly scenario: AddressText
  /** Own term; 0 before the first round. */
  readonly term: number
  readonly now: number
  /** The round that is open or was last; 0 before the first. */
  readonly round: number
  memberOf(peer: PeerIdText): Pick<Member, 'name'> | undefined
  readonly federator: PeerIdText
}

/**
 * Verdict of the aggregator over a well-formed, signed message: right federation, fresh (T3), and from the one who may say it: silos
 * announce their own updates (T2), and nobody but the aggregator itself opens rounds or confirms.
 */
export function checkFederatorMessage(signed: SignedMessage, view: FederatorView): Verdict {
  const { message, sender } = signed
  const scope = checkScope(message, view)
  if (scope.action !== 'accept') return scope
  if (message.type !== 'update-ready') {
    return sender === view.federator
      ? { action: 'ignore', code: 'OWN_MESSAGE' }
      : { action: 'reject', code: 'NOT_THE_FEDERATOR' }
  }
  const member = view.memberOf(sender)
  if (member === undefined) return { action: 'reject', code: 'NOT_REGISTERED' }
  if (member.name !== message.silo) return { action: 'reject', code: 'NOT_THE_SENDER' }
  // A slow silo that has not heard of the round's end is told that it is late; a round later RoundResult has told it.
  const isOld = message.round < view.round - 1
  return isOld ? { action: 'ignore', code: 'OLD_ROUND' } : { action: 'accept' }
}

/**
 * What the aggregator's host asks: members connect, and may have global models and evidence, never another silo's update (T10). The
 * manifest's verifiers connect as well, and may have everything that a round is recomputed from, once it is over.
 */
export function federatorRules(parts: {
  readonly registry: Registry
  readonly served: ReadonlySet<Cid>
  /** Peers that silos let read all updates when they consented to the manifest. */
  readonly verifiers: ReadonlySet<string>
  /** Updates and strategies' state of rounds that are over. */
  readonly verified: ReadonlySet<Cid>
  readonly watch: MemberWatch
  view(): FederatorView
  onUpdate(signed: SignedMessage<UpdateReady>): void
  latestMessages(): readonly SignedMessage[]
}): HostRules {
  const { registry, served, watch, verifiers, verified } = parts
  return {
    isMember: (peer) => verifiers.has(peer) || registry.isMember(peer),
    checkMessage: (signed) => checkFederatorMessage(signed, parts.view()),
    onMessage(signed) {
      if (isUpdateReady(signed)) parts.onUpdate(signed)
    },
    mayServe(peer, cid) {
      if (verifiers.has(peer) && (served.has(cid) || verified.has(cid))) return true
      if (!served.has(cid) || registry.memberOf(peer) === undefined) return false
      watch.saw(peer, cid)
      return true
    },
    latestMessages: parts.latestMessages,
  }
}

function isUpdateReady(signed: SignedMessage): signed is SignedMessage<UpdateReady> {
  return signed.message.type === 'update-ready'
}
