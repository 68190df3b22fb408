import { hexToBytes } from 'viem'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DRAND } from '../../../scripts/beacon-vectors.ts'
import {
  type Anvil,
  advanceTime,
  bondBeacon,
  type ChainAccount,
  type ChainReader,
  commitFallback,
  connectChain,
  createBls12381Signer,
  createBn254Signer,
  ONE_TOKEN,
  randomBls12381Key,
  readBeaconRound,
  readBeaconRoundAt,
  readBlockTime,
  readBls12381Key,
  readBls12381Signature,
  readBn254Signature,
  reclaimFallback,
  revealFallback,
  settleFallback,
  startAnvil,
  transferToken,
  unbondBeacon,
  verifiesBls12381,
} from '../../../src/index.ts'
import { accountOf } from '../../support/accounts.ts'
import { createNetwork, digestOf, type TestNetwork } from '../../support/network.ts'

describe('the signatures of a beacon', () => {
  it('are drand quicknet’s', () => {
    const { publicKey, rounds } = DRAND.quicknet
    const [{ round, signature, randomness }] = rounds
    expect(verifiesBls12381(publicKey, round, signature)).toBe(true)
    expect(verifiesBls12381(publicKey, round + 1n, signature)).toBe(false)
    expect(readBls12381Signature(signature).seed).toBe(`0x${randomness}`)
    expect(hexToBytes(readBls12381Key(publicKey))).toHaveLength(256)
  })

  it('are drand evmnet’s', () => {
    for (const { signature, randomness } of DRAND.evmnet.rounds) {
      expect(readBn254Signature(signature).seed).toBe(`0x${randomness}`)
    }
  })

  it.each([
    ['bn254', 'a signature', readBn254Signature, 64],
    ['BLS12-381', 'a signature', readBls12381Signature, 48],
    ['BLS12-381', 'a key', readBls12381Key, 96],
  ] as const)('of %s are refused where %s is no point of the curve', (curve, what, read, bytes) => {
    for (const given of ['00', 'zz'.repeat(bytes), '11'.repeat(bytes)]) {
      const refusal = {
        message: expect.stringContaining(`is not ${what} of ${curve} (${bytes} bytes) in hex`),
        info: expect.objectContaining({ fault: 'data', code: 'BAD_BEACON_VALUE' }),
      }
      expect(() => read(given)).toThrow(expect.objectContaining(refusal))
    }
  })

  it('are made with a key of one’s own', () => {
    const signer = createBls12381Signer(hexToBytes(randomBls12381Key()))
    expect(signer.sign(7n)).toEqual(signer.sign(7n))
    expect(signer.sign(7n).seed).not.toBe(signer.sign(8n).seed)
    expect(hexToBytes(createBn254Signer(5n).key)).toHaveLength(128)
  })
})

// One beacon: each test goes on where the one before it ended.
describe('bonded nodes in place of a beacon', () => {
  let anvil: Anvil
  let reader: ChainReader
  let network: TestNetwork
  let nodes: readonly ChainAccount[]
  let round: bigint

  beforeAll(async () => {
    anvil = await startAnvil()
    reader = await connectChain({ rpcUrl: anvil.rpcUrl })
    network = await createNetwork(reader)
    nodes = await Promise.all([0, 1, 2].map((i) => accountOf(reader, `bonded-${i}`)))
    const { token, beacon } = network.contracts
    for (const node of nodes) {
      const amount = 2n * ONE_TOKEN
      await transferToken(network.founder, { token, to: node.address, amount })
      await bondBeacon(node, { beacon, amount })
    }
    const now = await readBlockTime(reader)
    round = (await readBeaconRoundAt(reader, { beacon, at: now })) + 1n
  }, 120_000)
  afterAll(() => anvil?.stop())

  const state = () => readBeaconRound(reader, { beacon: network.contracts.beacon, round })
  const secretOf = (node: ChainAccount) => digestOf(`secret of ${node.address}`)

  it('wait for a proof first', async () => {
    const { beacon } = network.contracts
    const [node] = nodes
    if (node === undefined) throw new Error('no node')
    const early = commitFallback(node, { beacon, round, secret: secretOf(node) })
    await expect(early).rejects.toMatchObject({ code: 'FALLBACK_NOT_DUE' })
    await advanceTime(reader, BigInt((await state()).dueAt + 3_600))
    await commitFallback(node, { beacon, round, secret: secretOf(node) })
    // Alone it decides nothing, and has its bond back when it wants.
    await reclaimFallback(node, { beacon, round })
    const settling = settleFallback(node, { beacon, round })
    await expect(settling).rejects.toMatchObject({ code: 'FALLBACK_RUNNING' })
  })

  it('decide the round together, and who is silent pays', async () => {
    const { beacon } = network.contracts
    for (const node of nodes) {
      const secret = secretOf(node)
      expect((await commitFallback(node, { beacon, round, secret })).attempt).toBe(0)
      const early = revealFallback(node, { beacon, round, secret })
      await expect(early).rejects.toMatchObject({ code: 'NOT_REVEALING' })
    }
    await advanceTime(reader, BigInt((await state()).fallback.commitEnd))
    const [first, second, silent] = nodes
    if (first === undefined || second === undefined || silent === undefined) throw new Error()
    const wrong = revealFallback(first, { beacon, round, secret: digestOf('another') })
    await expect(wrong).rejects.toMatchObject({ code: 'SECRET_MISMATCH' })
    await revealFallback(first, { beacon, round, secret: secretOf(first) })
    await revealFallback(second, { beacon, round, secret: secretOf(second) })
    await advanceTime(reader, BigInt((await state()).fallback.revealEnd))
    expect((await settleFallback(silent, { beacon, round })).known).toBe(true)
    expect((await state()).seed).toMatch(/^0x[0-9a-f]{64}$/)
    await unbondBeacon(first, { beacon, amount: 2n * ONE_TOKEN })
    const lost = unbondBeacon(silent, { beacon, amount: 2n * ONE_TOKEN })
    await expect(lost).rejects.toMatchObject({ code: 'BOND_TOO_SMALL' })
  }, 60_000)
})
