import { type Address, keccak256, toHex } from 'viem'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type Anvil,
  acquireLease,
  advanceTime,
  type ChainReader,
  connectChain,
  deployLease,
  readBlockTime,
  readLease,
  releaseLease,
  renewLease,
  startAnvil,
} from '../../src/index.ts'
import { accountOf } from '../support/accounts.ts'
import { createWorld, newScenario, type World } from '../support/federation.ts'

const HOUR = 3_600
const leader = keccak256(toHex('leader'))
const standby = keccak256(toHex('standby'))

// One Scenario: each test goes on where the one before it ended.
describe('the lease of an aggregator', () => {
  let anvil: Anvil
  let reader: ChainReader
  let world: World
  let scenario: Address

  beforeAll(async () => {
    anvil = await startAnvil()
    reader = await connectChain({ rpcUrl: anvil.rpcUrl })
    world = await createWorld(reader)
    ;({ scenario } = await newScenario(world))
  }, 60_000)
  afterAll(() => anvil?.stop())

  const later = async (seconds: number) =>
    advanceTime(reader, (await readBlockTime(reader)) + BigInt(seconds))
  const acquire = (holder: `0x${string}`, floor = 0) =>
    acquireLease(world.federator, { scenario, holder, seconds: HOUR, floor })

  it('is nobody’s before its contract is there', async () => {
    expect(await readLease(reader, { scenario })).toBeUndefined()
    await expect(acquire(leader)).rejects.toMatchObject({ code: 'NO_CONTRACT' })
  })

  it('has one contract per chain, which anybody deploys once', async () => {
    const stranger = await accountOf(reader, 'stranger')
    const both = await Promise.all([deployLease(world.federator), deployLease(stranger)])
    expect(both.filter((mined) => mined !== undefined)).toHaveLength(1)
    expect(await deployLease(world.federator)).toBeUndefined()
    expect(await readLease(reader, { scenario })).toBeUndefined()
  })

  it('gives each start of its holder a new term, above the one that was spoken before', async () => {
    expect((await acquire(leader)).term).toBe(1)
    expect((await acquire(leader, 6)).term).toBe(7)
    const lease = await readLease(reader, { scenario })
    expect(lease).toMatchObject({ holder: leader, term: 7 })
    expect(lease?.expiresAt).toBe((await readBlockTime(reader)) + BigInt(HOUR))
  })

  it('is refused to another process of the federator while it runs, and to strangers', async () => {
    await expect(acquire(standby)).rejects.toMatchObject({ code: 'LEASE_HELD' })
    const stranger = await accountOf(reader, 'stranger')
    const request = { scenario, holder: standby, seconds: HOUR, floor: 0 }
    await expect(acquireLease(stranger, request)).rejects.toMatchObject({ code: 'NOT_FEDERATOR' })
  })

  it('goes to the standby when it expires, and not back', async () => {
    await later(HOUR / 2)
    await renewLease(world.federator, { scenario, term: 7, seconds: HOUR })
    await later(HOUR / 2)
    await expect(acquire(standby)).rejects.toMatchObject({ code: 'LEASE_HELD' })
    await later(HOUR)
    expect((await acquire(standby)).term).toBe(8)
    const late = { scenario, term: 7, seconds: HOUR }
    await expect(renewLease(world.federator, late)).rejects.toMatchObject({ code: 'LEASE_LOST' })
    await expect(releaseLease(world.federator, late)).rejects.toMatchObject({ code: 'LEASE_LOST' })
  })

  it('is free at once when its holder steps down', async () => {
    await releaseLease(world.federator, { scenario, term: 8 })
    expect((await acquire(leader)).term).toBe(9)
  })
})
