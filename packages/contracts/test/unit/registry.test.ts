import {
  createPeerKey,
  type Logger,
  type PeerKey,
  signBinding,
  silentLogger,
} from '@fednode/protocol'
import { type Address, bytesToHex } from 'viem'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type Anvil,
  closeRegistration,
  connectChain,
  createRegistry,
  readActivations,
  readRegistrations,
  register,
  setAllowed,
  startAnvil,
  voidRound,
} from '../../src/index.ts'
import { accountOf } from '../support/accounts.ts'
import { createWorld, newScenario, type World } from '../support/federation.ts'

const keyOf = (fill: number): PeerKey => createPeerKey(new Uint8Array(32).fill(fill))

describe('createRegistry', () => {
  let anvil: Anvil
  let world: World
  let scenario: Address

  beforeAll(async () => {
    anvil = await startAnvil()
    world = await createWorld(await connectChain({ rpcUrl: anvil.rpcUrl }))
    const federatorPeerKey = bytesToHex(keyOf(1).publicKey)
    ;({ scenario } = await newScenario(world, { federatorPeerKey }))
  }, 60_000)

  afterAll(() => anvil?.stop())

  /** `signer` signs for `bound`, which is honest when both are left out. */
  async function join(
    name: string,
    key: PeerKey,
    lie: { readonly signer?: PeerKey; readonly bound?: Address; readonly where?: Address } = {},
  ): Promise<void> {
    const { where = scenario } = lie
    const account = await accountOf(world.reader, name)
    const binding = signBinding({
      peerKey: lie.signer ?? key,
      chainId: world.reader.chainId,
      scenario: where,
      account: lie.bound ?? account.address,
    })
    const peerKey = bytesToHex(key.publicKey)
    await register(account, { scenario: where, name, peerKey, binding })
  }

  const open = (logger: Logger = silentLogger) =>
    createRegistry({ reader: world.reader, scenario, logger })

  it('knows the federator and nobody else at first', async () => {
    const registry = await open()
    expect(registry.federatorPeerId).toBe(keyOf(1).peerId)
    expect(registry.members()).toEqual([])
    expect(await registry.isMember(keyOf(1).peerId)).toBe(true)
    expect(registry.blockNumber).toBeGreaterThan(0n)
  })

  it('looks again when a stranger asks, so that a silo gets in right after it registered', async () => {
    const registry = await open()
    await join('alpha', keyOf(2))
    expect(registry.memberOf(keyOf(2).peerId)).toBeUndefined()
    expect(await registry.isMember(keyOf(2).peerId)).toBe(true)
    expect(registry.memberOf(keyOf(2).peerId)).toMatchObject({ index: 0, name: 'alpha' })
  })

  it('T2: ignores a client whose peer key did not sign for its account, and says so', async () => {
    await join('swapped', keyOf(3), { signer: keyOf(4) })
    await join('copied', keyOf(5), { bound: `0x${'ab'.repeat(20)}` })
    const warned: object[] = []
    const logger = { ...silentLogger, warn: (fields: object) => warned.push(fields) }
    const registry = await open(logger)
    expect(registry.members().map(({ name }) => name)).toEqual(['alpha'])
    expect(registry.ignored().map(({ index }) => index)).toEqual([1, 2])
    expect(registry.clientCount).toBe(3)
    expect(warned).toMatchObject([{ index: 1 }, { index: 2 }])
    for (const fill of [3, 4, 5]) expect(await registry.isMember(keyOf(fill).peerId)).toBe(false)
  })

  it('T6: asks the chain once for many strangers', async () => {
    let looks = 0
    const { public: client } = world.reader
    const getContractEvents = ((args: Parameters<typeof client.getContractEvents>[0]) => {
      looks += 1
      return client.getContractEvents(args)
    }) as typeof client.getContractEvents
    const reader = { ...world.reader, public: { ...client, getContractEvents } }
    const registry = await createRegistry({ reader, scenario })
    await join('beta', keyOf(6))
    looks = 0
    const strangers = Array.from({ length: 50 }, (_, i) => keyOf(100 + i).peerId)
    const answers = await Promise.all(strangers.map((peer) => registry.isMember(peer)))
    expect(answers).toEqual(strangers.map(() => false))
    expect(looks).toBe(1)
    expect(registry.members().map(({ name }) => name)).toEqual(['alpha', 'beta'])
  })

  it('does not count a client that comes late before its first round', async () => {
    const { scenario: where } = await newScenario(world)
    for (const [name, fill] of [
      ['early', 11],
      ['bird', 12],
    ] as const) {
      await join(name, keyOf(fill), { where })
    }
    await closeRegistration(world.federator, { scenario: where })
    const late = keyOf(13)
    const { address } = await accountOf(world.reader, 'late')
    await setAllowed(world.federator, { scenario: where, accounts: [address], allowed: true })
    await join('late', late, { where })
    const registry = await createRegistry({ reader: world.reader, scenario: where })
    expect([registry.clientCount, registry.members().length]).toEqual([2, 2])
    const eager = await createRegistry({
      reader: world.reader,
      scenario: where,
      lateRefreshMs: 0,
    })
    expect(await eager.isMember(late.peerId)).toBe(false)
    await voidRound(world.federator, { scenario: where, round: 1 })
    // It looks again because the late one asks, but not at once.
    expect(await registry.isMember(late.peerId)).toBe(false)
    expect(await eager.isMember(late.peerId)).toBe(true)
    expect(eager.clientCount).toBe(3)
    expect(eager.memberOf(late.peerId)).toMatchObject({ index: 2, name: 'late' })
    const clientsAt = await readActivations(world.reader, { scenario: where })
    const joined = await readRegistrations(world.reader, { scenario: where })
    const [first, , last] = joined.map(({ blockNumber }) => Number(blockNumber))
    expect(clientsAt(first ?? 0)).toBe(0)
    // Registered, but not in a round yet.
    expect(clientsAt(last ?? 0)).toBe(2)
    expect(clientsAt(Number(eager.blockNumber))).toBe(3)
  })

  it('keeps its last answer while the node is away, and does not ask at once when registration is closed', async () => {
    const whileOpen = await open()
    await closeRegistration(world.federator, { scenario })
    const closed = await open()
    await anvil.stop()
    expect(await whileOpen.isMember(keyOf(2).peerId)).toBe(true)
    expect(await whileOpen.isMember(keyOf(9).peerId)).toBe(false)
    expect(await closed.isMember(keyOf(9).peerId)).toBe(false)
    expect(whileOpen.members()).toHaveLength(2)
  }, 60_000)
})
