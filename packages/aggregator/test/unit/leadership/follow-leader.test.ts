import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ChainError } from '@fednode/contracts'
import { createEngine } from '@fednode/engine'
import { type BlobStore, createMemoryBlobStore, silentLogger } from '@fednode/protocol'
import { afterEach, expect, it } from 'vitest'
import { createCoordinator } from '../../../src/coordinator/create-coordinator.ts'
import { createJournal, type Journal } from '../../../src/journal/create-journal.ts'
import { type FollowDeps, followLeader } from '../../../src/leadership/follow-leader.ts'
import { holdLease } from '../../../src/leadership/hold-lease.ts'
import type { Leadership } from '../../../src/leadership/leadership.ts'
import { standbyKey } from '../../../src/leadership/standby-key.ts'
import type { CoordinatorEvent } from '../../../src/types.ts'
import { createWorld, type World } from '../../support/coordination.ts'
import { createFakeLease, type FakeLease } from '../../support/fake-lease.ts'
import { partsOfWorld } from '../../support/parts-of-world.ts'
import { type Behaviour, honest } from '../../support/scripted-silo.ts'
import {
  CHAIN_ID,
  fixedRegistry,
  keyOf,
  SCENARIO,
  tinyValidation,
} from '../../support/tiny-federation.ts'

const SILOS: readonly string[] = ['alpha', 'beta']
const ROUNDS = 3
const federator = keyOf('federator')
const standby = standbyKey(federator, { chainId: CHAIN_ID, scenario: SCENARIO })

let world: World
let lease: FakeLease
let directory: string
let journal: Journal
let isLeaderGone = Promise.withResolvers<void>()
const closing: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

/** Its update of the second round comes when the leader is gone. */
const inItsTime: Behaviour = async (open, silo) => {
  if (open.round > 1) await isLeaderGone.promise
  await honest(open, silo)
}

const nameOf = (holder: number) => `0x${String(holder).repeat(64)}` as const

/** A leader that steps down when it is stopped, or dies without a word. */
function leaseOf(holder: number, onRelease: 'kept' | 'released'): Leadership {
  const release = async (term: number): Promise<void> => {
    if (onRelease === 'kept') throw new ChainError('dead', { code: 'RPC_FAILED' })
    await lease.release(term)
  }
  const chain = { ...lease, release }
  const deps = { chain, logger: silentLogger, elapsed: () => performance.now(), now: Date.now }
  return holdLease({ holder: nameOf(holder), seconds: 3 }, deps)
}

async function prepare(onRelease: 'kept' | 'released'): Promise<{ blobs: BlobStore }> {
  lease = createFakeLease()
  isLeaderGone = Promise.withResolvers()
  world = await createWorld({
    silos: { alpha: inItsTime, beta: undefined },
    rounds: { count: ROUNDS, minSilos: 2 },
    leadership: leaseOf(1, onRelease),
  })
  closing.push(() => world.close())
  directory = mkdtempSync(join(tmpdir(), 'fednode-standby-'))
  journal = createJournal(join(directory, 'journal.sqlite'))
  closing.push(async () => {
    journal.close()
    rmSync(directory, { recursive: true, force: true })
  })
  return { blobs: createMemoryBlobStore() }
}

async function followDeps(
  blobs: BlobStore,
  onEvent: (event: CoordinatorEvent) => void,
): Promise<FollowDeps> {
  const stopping = new AbortController()
  closing.push(async () => stopping.abort())
  const engine = await createEngine({ backend: 'cpu' })
  return {
    ...partsOfWorld(world, { engine, journal, blobs, scratch: directory }),
    createHost: world.network.createHost(standby, blobs),
    chain: { ...world.chain, chainTime: async () => BigInt(Math.floor(lease.now())) },
    registry: fixedRegistry(SILOS),
    lease,
    holder: nameOf(2),
    whenNobodyLed: 'wait',
    readAnchors: async () => new Map(),
    onEvent,
    onFollowed: () => {},
    signal: stopping.signal,
    pollMs: 5,
  }
}

/** The standby's turn: the same federation from its own directory. */
async function leadOn(deps: FollowDeps): Promise<void> {
  const { manifest, manifestCid, engine, blobs } = deps
  const coordinator = createCoordinator(
    {
      ...{ chainId: CHAIN_ID, scenario: SCENARIO, manifest, manifestCid, software: 'test 0' },
      ...{ pollMs: 5, announceMs: 20, lingerMs: 0, keepMs: 0 },
    },
    {
      ...{ engine, journal, blobs, peerKey: federator, validation: tinyValidation() },
      createHost: world.network.createHost(federator, blobs),
      chain: world.chain,
      leadership: leaseOf(2, 'released'),
      readAnchors: async () => new Map(),
      registry: fixedRegistry(SILOS),
      scratch: directory,
      logger: silentLogger,
      now: Date.now,
      elapsed: () => performance.now(),
      onEvent: () => {},
      signal: new AbortController().signal,
    },
  )
  closing.push(() => coordinator.stop())
  await coordinator.start()
  await coordinator.done
}

/** Until the leader has closed a round, and the standby has it. */
async function untilFollowed(round: number, events: readonly CoordinatorEvent[]): Promise<void> {
  const has = (event: CoordinatorEvent): boolean =>
    event.type === 'following' && event.round >= round
  while (!events.some(has)) await new Promise((resolve) => setTimeout(resolve, 5))
}

const inTurn = (round: number): string[] =>
  ['fund', 'assert', 'finalize'].map((step) => `${step} ${round}`)

it.each(['kept', 'released'] as const)(
  'a standby goes on with the rounds of a leader that is gone, its lease %s: each is played, funded and paid once',
  async (onRelease) => {
    const { blobs } = await prepare(onRelease)
    const events: CoordinatorEvent[] = []
    const deps = await followDeps(blobs, (event) => events.push(event))
    const leader = await world.startCoordinator()
    const following = followLeader(deps)
    await untilFollowed(1, events)
    await leader.kill()
    isLeaderGone.resolve()
    expect(await following).toBe('free')
    expect(journal.lastClosedRound()).toBe(1)
    await leadOn(deps)
    const records = journal.records()
    expect(records.map(({ state }) => state)).toEqual(['final', 'final', 'final'])
    expect(records[0]?.evidence).toEqual(world.readJournal((own) => own.record(1)?.evidence))
    expect(world.chain.sent.filter((sent) => sent !== 'endpoint')).toEqual(
      [1, 2, 3].flatMap(inTurn),
    )
    expect(lease.lease?.term).toBe(2)
    for (const silo of world.silos.values()) {
      const opens = silo.opens.map(({ round, commitment }) => `${round} ${commitment}`)
      // No round was opened with two secrets, whoever led.
      expect(new Set(opens).size).toBe(ROUNDS)
    }
    expect(await followLeader(deps)).toBe('over')
  },
)

it('tells that it follows only as long as the leader answers', async () => {
  const { blobs } = await prepare('released')
  const events: CoordinatorEvent[] = []
  let told = 0
  const deps = await followDeps(blobs, (event) => events.push(event))
  const leader = await world.startCoordinator()
  const onFollowed = (): void => {
    told++
  }
  const following = followLeader({ ...deps, onFollowed })
  await untilFollowed(1, events)
  const before = told
  // Nothing new, but the leader is there.
  await expect.poll(() => told).toBeGreaterThan(before)
  await leader.kill()
  expect(await following).toBe('free')
  const after = told
  isLeaderGone.resolve()
  expect(await followLeader({ ...deps, onFollowed })).toBe('free')
  expect(told).toBe(after)
})
