import { cidFromDigest, createPeerKey, type PeerIdText } from '@fednode/protocol'
import { describe, expect, it } from 'vitest'
import { arenaHostRules } from '../../../src/arena/arena-host-rules.ts'

const [node, validator, stranger] = [1, 2, 3].map(
  (seed) => createPeerKey(new Uint8Array(32).fill(seed)).peerId,
) as [PeerIdText, PeerIdText, PeerIdText]
const cid = cidFromDigest(`0x${'12'.repeat(32)}`, 'dag-cbor')
const peers = {
  peerOf: () => undefined,
  isMember: async (peer: string) => peer !== stranger,
  isValidator: (peer: string) => peer === validator,
}

describe('arenaHostRules', () => {
  it('gives models to validators only, and only those of the round that is frozen', () => {
    const served = { models: new Set<typeof cid>() }
    const rules = arenaHostRules(peers, served)
    expect(rules.mayServe(validator, cid)).toBe(false)
    served.models.add(cid)
    expect(rules.mayServe(validator, cid)).toBe(true)
    expect(rules.mayServe(node, cid)).toBe(false)
  })

  it('T1: lets nobody in who takes no part', async () => {
    const rules = arenaHostRules(peers, { models: new Set() })
    expect(await rules.isMember(stranger)).toBe(false)
    expect(await rules.isMember(node)).toBe(true)
  })
})
