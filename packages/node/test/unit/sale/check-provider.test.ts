import type { ChainAccount } from '@fednode/contracts'
import { UserError } from '@fednode/protocol'
import type { TypedDataDefinition } from 'viem'
import { type PrivateKeyAccount, privateKeyToAccount } from 'viem/accounts'
import { describe, expect, it } from 'vitest'
import { checkProvider } from '../../../src/sale/check-provider.ts'
import { createProviderProof } from '../../../src/sale/provider-proof.ts'
import { LISTING, PLACE } from './sale-harness.ts'

const OWNER = privateKeyToAccount(`0x${'11'.repeat(32)}`)
const STRANGER = privateKeyToAccount(`0x${'22'.repeat(32)}`)
const START = 1_800_000_000_000
const DAY = 86_400_000
const ASKED = { place: PLACE, listing: LISTING, peer: 'peer-a', owner: OWNER.address, now: START }

/** An account that signs, as much of it as is asked for. */
function signing(key: PrivateKeyAccount, onSign = () => {}): ChainAccount {
  const signTypedData = async (typedData: TypedDataDefinition) => {
    onSign()
    return key.signTypedData(typedData)
  }
  return { chainId: PLACE.chainId, wallet: { signTypedData } } as unknown as ChainAccount
}

const proofBy = (key: PrivateKeyAccount) => {
  const provider = { listing: LISTING, peer: 'peer-a', market: PLACE.market }
  return createProviderProof(signing(key), provider, () => START)()
}

describe('who answers for a listing', () => {
  it('is a node that the owner named', async () => {
    await expect(checkProvider(await proofBy(OWNER), ASKED)).resolves.toBeUndefined()
  })

  it.each([
    ['another node with the same word', { peer: 'peer-b' }],
    ['the word on another listing', { listing: LISTING + 1n }],
    ['the word for another market', { place: { ...PLACE, market: `0x${'6b'.repeat(20)}` } }],
    ['the word for another chain', { place: { ...PLACE, chainId: 1 } }],
    ['an old word', { now: START + 7 * DAY }],
  ] as const)('T2, T3: is not %s', async (_, change) => {
    await expect(
      checkProvider(await proofBy(OWNER), { ...ASKED, ...change }),
    ).rejects.toMatchObject({ code: 'NOT_OWNERS_NODE' })
  })

  it('T2: is not a stranger that names itself, or says anything', async () => {
    const until = START / 1_000 + 60
    const forged = await proofBy(STRANGER)
    for (const proof of [forged, { until, signature: `0x${'00'.repeat(65)}` as const }]) {
      await expect(checkProvider(proof, ASKED)).rejects.toMatchObject({ code: 'NOT_OWNERS_NODE' })
    }
  })
})

describe('an owner’s word on its node', () => {
  it('is signed again when half of its week is over, and again after a refusal', async () => {
    let [now, signed] = [START, 0]
    let isAway = true
    const account = signing(OWNER, () => {
      signed += 1
      if (isAway) throw new UserError('network', 'the signer is away', { code: 'SIGNER_AWAY' })
    })
    const provider = { listing: LISTING, peer: 'peer-a', market: PLACE.market }
    const proof = createProviderProof(account, provider, () => now)
    await expect(proof()).rejects.toMatchObject({ code: 'SIGNER_AWAY' })
    isAway = false
    const first = await proof()
    now = START + 3 * DAY
    expect(await proof()).toEqual(first)
    now = START + 4 * DAY
    expect((await proof()).until).toBe(first.until + (4 * DAY) / 1_000)
    expect(signed).toBe(3)
  })
})
