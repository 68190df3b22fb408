import { ChainError } from '@fednode/contracts'
import { createPeerKey, signBinding } from '@fednode/protocol'
import { describe, expect, it } from 'vitest'
import { type BoundMember, createStakedPeers } from '../../../src/voting/staked-peers.ts'

const SCOPE = '0x00000000000000000000000000000000000000aa'
const CHAIN_ID = 31_337

const keyOf = (seed: number) => createPeerKey(new Uint8Array(32).fill(seed))
const memberOf = (seed: number, boundAs = seed): BoundMember & { readonly seed: number } => {
  const account = `0x${String(seed).padStart(40, 'A')}` as const
  const [own, other] = [keyOf(seed), keyOf(boundAs)]
  const binding = signBinding({
    chainId: CHAIN_ID,
    scenario: SCOPE,
    account: `0x${account.slice(2).toLowerCase()}`,
    peerKey: other,
  })
  const peerKey = `0x${Buffer.from(own.publicKey).toString('hex')}` as const
  return { account, peerKey, binding, seed }
}

/** Members as the chain has them; who reads while it is down hears of it. */
function source(members: (BoundMember & { readonly seed: number })[]) {
  const warnings: object[] = []
  const state = { reads: 0, isDown: false }
  return {
    state,
    warnings,
    async read() {
      state.reads += 1
      if (state.isDown) throw new ChainError('no answer', { code: 'RPC_FAILED' })
      return [...members]
    },
    chainId: CHAIN_ID,
    scope: SCOPE,
    logger: { warn: (what: object) => void warnings.push(what) },
  } as const
}

describe('createStakedPeers', () => {
  it('T1, T2: knows the nodes of who joined, and leaves out whose binding does not hold', async () => {
    const from = source([memberOf(1), memberOf(2, 3)])
    const peers = await createStakedPeers(from)
    const { peerId } = keyOf(1)
    expect(peers.peerOf(memberOf(1).account)).toBe(peerId)
    expect(peers.find(peerId)).toMatchObject({ seed: 1 })
    expect(peers.peerOf(memberOf(2).account)).toBeUndefined()
    expect(from.warnings).toEqual([{ account: memberOf(2).account }])
  })

  it('looks again for a stranger, once for all that come together', async () => {
    const members = [memberOf(1)]
    const from = source(members)
    const peers = await createStakedPeers(from)
    members.push(memberOf(4))
    const asked = [keyOf(4), keyOf(5), keyOf(4)].map(({ peerId }) => peers.isMember(peerId))
    expect(await Promise.all(asked)).toEqual([true, false, true])
    expect(from.state.reads).toBe(2)
    expect(await peers.isMember(keyOf(1).peerId)).toBe(true)
    expect(from.state.reads).toBe(2)
  })

  it('keeps what it knew while the chain is away', async () => {
    const from = source([memberOf(1)])
    const peers = await createStakedPeers(from)
    from.state.isDown = true
    expect(await peers.isMember(keyOf(9).peerId)).toBe(false)
    expect(peers.find(keyOf(1).peerId)).toMatchObject({ seed: 1 })
    expect(from.warnings).toEqual([{ code: 'RPC_FAILED' }])
  })
})
