import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  closeRegistration,
  createRegistry,
  readBooks,
  readHistory,
  readScenario,
  setAllowed,
} from '@fednode/contracts'
import { createEngine, type Engine } from '@fednode/engine'
import {
  createBlobStore,
  createHost,
  type Host,
  type HostRules,
  type Manifest,
  silentLogger,
} from '@fednode/protocol'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { createFederatorChain } from '../../../src/chain/federator-chain.ts'
import { createCoordinator } from '../../../src/coordinator/create-coordinator.ts'
import { createJournal } from '../../../src/journal/create-journal.ts'
import type { CoordinatorEvent } from '../../../src/types.ts'
import { type ChainWorld, createChainWorld } from '../../support/chain-world.ts'
import {
  type Behaviour,
  createScriptedSilo,
  heldUntil,
  honest,
  type ScriptedSilo,
} from '../../support/scripted-silo.ts'
import {
  cidOfManifest,
  keyOf,
  TINY_MODEL,
  tinyManifest,
  tinyValidation,
} from '../../support/tiny-federation.ts'

const PLAIN = tinyManifest({ count: 2, minSilos: 2, maxSilos: 3, deadlineSeconds: 4 })
/** With pots that the chain asks for, and a stake on every outcome. */
const MANIFEST: Manifest = {
  ...PLAIN,
  reward: { ...PLAIN.reward, schedule: { kind: 'geometric', ratio: 0.9 } },
  dispute: { bond: '50', attesters: [`0x${'aa'.repeat(20)}`], threshold: 1 },
}
const POTS = 190n * 10n ** 18n
const LISTEN = ['/ip4/127.0.0.1/tcp/0']

let world: ChainWorld
let engine: Engine
let directory: string

beforeAll(async () => {
  engine = await createEngine({ backend: 'cpu' })
})

afterAll(() => engine?.dispose())

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'fednode-real-'))
})

afterEach(async () => {
  await world?.anvil.stop()
  rmSync(directory, { recursive: true, force: true })
})

async function startFederator(events: CoordinatorEvent[], manifest = MANIFEST) {
  const { federator, scenario } = world
  const { chainId } = federator
  const journal = createJournal(join(directory, 'journal.sqlite'))
  const blobs = createBlobStore(join(directory, 'blobs'))
  const registry = await createRegistry({ reader: federator, scenario, lateRefreshMs: 200 })
  const peerKey = keyOf('federator')
  const coordinator = createCoordinator(
    {
      chainId,
      scenario,
      manifest,
      manifestCid: cidOfManifest(manifest),
      software: 'test 0',
      pollMs: 50,
      announceMs: 200,
      lingerMs: 0,
      keepMs: 0,
    },
    {
      createHost: (rules: HostRules) =>
        createHost(
          { peerKey, listen: LISTEN, chainId, scenario, blobs },
          { rules, logger: silentLogger },
        ),
      engine,
      chain: createFederatorChain(federator, scenario),
      registry,
      journal,
      blobs,
      peerKey,
      validation: tinyValidation(),
      scratch: directory,
      logger: silentLogger,
      now: () => Date.now(),
      elapsed: () => performance.now(),
      onEvent: (event) => events.push(event),
      signal: new AbortController().signal,
    },
  )
  await coordinator.start()
  return { coordinator, journal }
}

function siloOf(name: string, behave: Behaviour = honest): ScriptedSilo {
  const { scenario, federator } = world
  return createScriptedSilo({
    name,
    scenario,
    federator: keyOf('federator').peerId,
    specs: engine.weightSpecs(TINY_MODEL),
    behave,
    createHost: (rules, blobs) =>
      createHost(
        {
          peerKey: keyOf(name),
          listen: [],
          chainId: federator.chainId,
          scenario,
          blobs,
          connectTries: 2,
        },
        { rules, logger: silentLogger },
      ),
  })
}

async function endpoint(): Promise<string[]> {
  const state = await readScenario(world.federator, { scenario: world.scenario })
  return state.endpoint.split(',')
}

async function dial(host: Host): Promise<void> {
  await host.connect(await endpoint())
}

describe('a coordinator on a real chain, with real hosts', () => {
  it('T1, T2: waits for registration, lets members in and nobody else, is killed and continues, pays every round once', async () => {
    world = await createChainWorld(MANIFEST)
    const events: CoordinatorEvent[] = []
    const held = Promise.withResolvers<void>()
    const first = await startFederator(events)
    await vi.waitFor(() => expect(events.at(-1)).toMatchObject({ for: 'registration' }), 5_000)

    await world.register('alpha')
    await world.register('beta')
    const alpha = siloOf('alpha')
    const beta = siloOf('beta', heldUntil(held.promise))
    await alpha.start()
    await dial(alpha.host)

    // T2: registered, but its binding was signed by another key: paid, not listened to.
    await world.register('mallory', keyOf('somebody else'))
    const mallory = siloOf('mallory')
    const stranger = siloOf('stranger')
    for (const outsider of [mallory, stranger]) {
      await outsider.start()
      await expect(dial(outsider.host)).rejects.toMatchObject({ code: 'REFUSED' })
      await outsider.stop()
    }

    await vi.waitFor(() => expect(events.at(-1)).toMatchObject({ for: 'silos' }), 5_000)
    await beta.start()
    await dial(beta.host)
    await vi.waitFor(() => expect(alpha.receipts).toMatchObject([{ accepted: true }]), 10_000)

    // Killed with one of two updates accepted; the next process listens on another port.
    await first.coordinator.stop()
    first.journal.close()
    const before = await endpoint()
    const second = await startFederator(events)
    await vi.waitFor(async () => expect(await endpoint()).not.toEqual(before), 5_000)
    await Promise.all([dial(alpha.host), dial(beta.host)])
    held.resolve()
    await second.coordinator.done

    const records = second.journal.records()
    expect(records.map(({ state }) => state)).toEqual(['final', 'final'])
    expect(records.map(({ updates }) => updates.length)).toEqual([2, 2])
    for (const { gas, seconds } of records) {
      expect(gas).toBeGreaterThan(100_000)
      expect(seconds.anchor).toBeGreaterThan(0)
    }
    second.journal.close()
    const state = await readScenario(world.federator, { scenario: world.scenario })
    expect(state.phase).toBe('closed')
    expect(state.totals.deposited).toBe(POTS)
    const books = await readBooks(world.federator, { scenario: world.scenario })
    expect(books.deposited).toBe(POTS)
    // The stake of both rounds, to be taken out.
    expect(books.bonds).toBe(50n * 10n ** 18n)
    expect(books.held).toBe(books.owedByScenario)
    for (const silo of [alpha, beta]) {
      expect(silo.results.map(({ round }) => round)).toEqual([1, 2])
      await silo.stop()
    }
  }, 60_000)

  it('lets a silo that came late in from its first round on chain, and pays it from there', async () => {
    const manifest = { ...MANIFEST, rounds: { ...MANIFEST.rounds, count: 3, deadlineSeconds: 30 } }
    world = await createChainWorld(manifest)
    const { federator, scenario } = world
    const admitted = Promise.withResolvers<void>()
    // The second round waits, or training would be over before the first one is settled.
    const patient: Behaviour = async (open, silo) => {
      if (open.round === 2) await admitted.promise
      await honest(open, silo)
    }
    const events: CoordinatorEvent[] = []
    for (const name of ['alpha', 'beta']) await world.register(name)
    const { coordinator, journal } = await startFederator(events, manifest)
    await closeRegistration(federator, { scenario })
    await setAllowed(federator, {
      scenario,
      accounts: [(await world.accountOf('gamma')).address],
      allowed: true,
    })
    await world.register('gamma')
    const [alpha, beta, gamma] = [siloOf('alpha'), siloOf('beta', patient), siloOf('gamma')]
    for (const silo of [alpha, beta, gamma]) await silo.start()
    await vi.waitFor(async () => expect(await endpoint()).not.toEqual(['']), 5_000)
    await expect(dial(gamma.host)).rejects.toMatchObject({ code: 'REFUSED' })
    await Promise.all([dial(alpha.host), dial(beta.host)])
    // As a silo does: again and again until it is let in.
    await vi.waitFor(() => dial(gamma.host), { timeout: 20_000, interval: 100 })
    admitted.resolve()
    await coordinator.done

    const records = journal.records()
    expect(records.map(({ updates }) => updates.length)).toEqual([2, 2, 3])
    expect(records.map(({ state }) => state)).toEqual(['final', 'final', 'final'])
    const { rewards } = await readHistory(federator, { scenario })
    // On chain it takes part in the second round already, in which it could not train: a place without a share.
    const places = [1, 2, 3].map((round) => rewards.filter((one) => one.round === round).length)
    expect(places).toEqual([2, 3, 3])
    const own = rewards.filter(({ index }) => index === 2).map(({ reward }) => reward)
    expect(own[0]).toBe(0n)
    expect(own[1]).toBeGreaterThan(0n)
    journal.close()
    for (const silo of [alpha, beta, gamma]) await silo.stop()
  }, 60_000)
})
