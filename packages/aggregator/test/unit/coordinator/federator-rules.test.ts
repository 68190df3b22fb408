import {
  CLOCK_SKEW_MS,
  cidOfBlob,
  MESSAGE_LIFETIME_MS,
  type Message,
  type PeerIdText,
  PROTOCOL_VERSION,
  type SignedMessage,
  type SiloName,
  signMessage,
  type UpdateReady,
} from '@fednode/protocol'
import { describe, expect, it } from 'vitest'
import {
  checkFederatorMessage,
  type FederatorView,
  federatorRules,
} from '../../../src/coordinator/federator-rules.ts'
import { createMemberWatch } from '../../../src/coordinator/member-watch.ts'
import { CHAIN_ID, fixedRegistry, keyOf, SCENARIO } from '../../support/tiny-federation.ts'

const NOW = 1_700_000_000_000
const BLOB = { cid: cidOfBlob(Uint8Array.of(1)), size: 1 }
const registry = fixedRegistry(['alpha', 'beta'])

const VIEW: FederatorView = {
  chainId: CHAIN_ID,
  scenario: SCENARIO,
  term: 2,
  now: NOW,
  round: 5,
  memberOf: registry.memberOf,
  federator: registry.federatorPeerId,
}

function update(changes: Partial<UpdateReady> = {}): UpdateReady {
  return {
    type: 'update-ready',
    version: PROTOCOL_VERSION,
    chainId: CHAIN_ID,
    scenario: SCENARIO,
    term: 2,
    round: 5,
    sentAt: NOW,
    silo: 'alpha' as SiloName,
    base: BLOB.cid,
    update: BLOB,
    samples: 1,
    trainMs: 1,
    lossMicros: 1,
    ...changes,
  }
}

const verdict = (message: Message, sender: string): string => {
  const result = checkFederatorMessage(signMessage(message, keyOf(sender)), VIEW)
  return result.action === 'accept' ? 'accept' : `${result.action} ${result.code}`
}

describe('checkFederatorMessage', () => {
  it('accepts a silo that speaks for itself, here and now', () => {
    expect(verdict(update(), 'alpha')).toBe('accept')
  })

  it('T2: rejects who speaks for another, and who is not registered', () => {
    expect(verdict(update(), 'beta')).toBe('reject NOT_THE_SENDER')
    expect(verdict(update(), 'stranger')).toBe('reject NOT_REGISTERED')
  })

  it('T3: takes no message of another chain, Scenario, term, round or time', () => {
    expect(verdict(update({ chainId: 1 }), 'alpha')).toBe('reject SCOPE_WRONG_CHAIN')
    expect(verdict(update({ scenario: `0x${'00'.repeat(20)}` }), 'alpha')).toBe(
      'reject SCOPE_WRONG_SCENARIO',
    )
    expect(verdict(update({ term: 1 }), 'alpha')).toBe('ignore SCOPE_OLD_TERM')
    expect(verdict(update({ round: 3 }), 'alpha')).toBe('ignore OLD_ROUND')
    const old = NOW - MESSAGE_LIFETIME_MS - CLOCK_SKEW_MS - 1
    expect(verdict(update({ sentAt: old }), 'alpha')).toBe('ignore SCOPE_EXPIRED')
    const early = NOW + CLOCK_SKEW_MS + 1
    expect(verdict(update({ sentAt: early }), 'alpha')).toBe('ignore SCOPE_FROM_FUTURE')
  })

  it('lets nobody else open rounds or confirm, and ignores its own echo', () => {
    const { silo, sentAt, ...scope } = update()
    const receipt: Message = {
      version: scope.version,
      chainId: scope.chainId,
      scenario: scope.scenario,
      term: scope.term,
      round: scope.round,
      sentAt,
      type: 'receipt',
      silo,
      update: BLOB.cid,
      accepted: true,
    }
    expect(verdict(receipt, 'alpha')).toBe('reject NOT_THE_FEDERATOR')
    expect(verdict(receipt, 'federator')).toBe('ignore OWN_MESSAGE')
  })
})

describe('federatorRules', () => {
  const watch = createMemberWatch()
  const heard: SignedMessage<UpdateReady>[] = []
  const UPDATE = cidOfBlob(Uint8Array.of(5))
  const rules = federatorRules({
    registry,
    served: new Set([BLOB.cid]),
    verifiers: new Set([keyOf('verifier').peerId]),
    verified: new Set([UPDATE]),
    watch,
    view: () => VIEW,
    onUpdate: (signed) => heard.push(signed),
    latestMessages: () => [],
  })

  it('T10: serves updates of rounds that are over to verifiers, and to nobody else', async () => {
    const { peerId: verifier } = keyOf('verifier')
    expect(await rules.isMember(verifier)).toBe(true)
    expect(rules.mayServe(verifier, UPDATE)).toBe(true)
    expect(rules.mayServe(verifier, BLOB.cid)).toBe(true)
    expect(rules.mayServe(verifier, cidOfBlob(Uint8Array.of(7)))).toBe(false)
    for (const name of ['alpha', 'mallory', 'federator']) {
      expect(rules.mayServe(keyOf(name).peerId, UPDATE)).toBe(false)
    }
    expect(await rules.isMember(keyOf('mallory').peerId)).toBe(false)
    expect(watch.hasAsked(verifier, BLOB.cid)).toBe(false)
  })

  it('T10: serves what is meant for members to members, and nothing else to anybody', () => {
    const { peerId } = keyOf('alpha')
    const other = cidOfBlob(Uint8Array.of(2))
    expect(watch.hasAsked(peerId, BLOB.cid)).toBe(false)
    expect(rules.mayServe(peerId, BLOB.cid)).toBe(true)
    expect(watch.hasAsked(peerId, BLOB.cid)).toBe(true)
    expect(rules.mayServe(peerId, other)).toBe(false)
    expect(rules.mayServe(keyOf('stranger').peerId, BLOB.cid)).toBe(false)
  })

  it('T1: lets members connect', async () => {
    const isMember = (name: string): boolean | Promise<boolean> =>
      rules.isMember(keyOf(name).peerId as PeerIdText)
    expect([await isMember('beta'), await isMember('stranger')]).toEqual([true, false])
  })

  it('hands on updates only', () => {
    const signed = signMessage(update(), keyOf('alpha'))
    rules.onMessage(signed)
    expect(heard).toEqual([signed])
  })
})
