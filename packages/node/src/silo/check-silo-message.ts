import {
  type AddressText,
  checkScope,
  type PeerIdText,
  type SignedMessage,
  type SiloName,
  type Verdict,
} from '@fednode/protocol'

/** What a silo knows when a message arrives. */
export type MessageExpectation = {
  readonly chainId: number
  readonly scenario: AddressText
  readonly now: number
  readonly term: number
  readonly federator: PeerIdText
  /** Name of a registered peer; undefined for everybody else. */
  nameOf(peer: PeerIdText): SiloName | undefined
}

export type SiloVerdict = Verdict

/**
 * Verdict of a silo over a well-formed, signed message: right federation, fresh (T3), and from the one who may say it (T2): only the
 * aggregator opens rounds, confirms and reports, only a silo itself announces its update.
 */
export function checkSiloMessage(signed: SignedMessage, expected: MessageExpectation): SiloVerdict {
  const { message, sender } = signed
  const scope = checkScope(message, expected)
  if (scope.action !== 'accept') return scope
  if (message.type === 'update-ready') {
    const name = expected.nameOf(sender)
    // The registry may lag behind the chain: a stranger is ignored, a known peer with another's name is lying.
    if (name === undefined) return { action: 'ignore', code: 'NOT_REGISTERED' }
    return name === message.silo ? ACCEPT : { action: 'reject', code: 'NOT_THE_SENDER' }
  }
  return sender === expected.federator ? ACCEPT : { action: 'reject', code: 'NOT_THE_FEDERATOR' }
}

const ACCEPT: SiloVerdict = { action: 'accept' }
