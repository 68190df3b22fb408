import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRegistry, readBooks, readScenario } from '@fednode/contracts'
import { createEngine, type Engine } from '@fednode/engine'
import {
  createBlobStore,
  createHost,
  type Host,
  type HostRules,
  type Manifest,
  silentLogger,
} from '@fednode/protocol'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createFederatorChain } from '../../../src/chain/federator-chain.ts'
import { createCoordinator } from '../../../src/coordinator/create-coordinator.ts'
import { createJournal } from '../../../src/journal/create-journal.ts'
import type { CoordinatorEvent } from '../../../src/types.ts'
import { type ChainWorld, createChainWorld } from '../../support/chain-world.ts'
import { createScriptedSilo, heldUntil, type ScriptedSilo } from '../../support/scripted-silo.ts'
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
  directory = mkdtempSync(join(tmpdir(), 'fednode-real-'))
  engine = await createEngine({ backend: 'cpu' })
  world = await createChainWorld(MANIFEST)
}, 60_000)

afterAll(async () => {
  await world?.anvil.stop()
  engine?.dispose()
  rmSync(directory, { recursive: true, force: true })
})

async function startFederator(events: CoordinatorEvent[]) {
  const { federator, scenario } = world
  const { chainId } = federator
  const journal = createJournal(join(directory, 'journal.sqlite'))
  const blobs = createBlobStore(join(directory, 'blobs'))
  const registry = await createRegistry({ reader: federator, scenario })
  const peerKey = keyOf('federator')
  const coordinator = createCoordinator(
    {
      chainId,
      scenario,
      manifest: MANIFEST,
      manifestCid: cidOfManifest(MANIFEST),
      pollMs: 50,
      announceMs: 200,
      lingerMs: 0,
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

function siloOf(name: string, until: Promise<unknown> = Promise.resolve()): ScriptedSilo {
  const { scenario, federator } = world
  return createScriptedSilo({
    name,
    scenario,
    federator: keyOf('federator').peerId,
    specs: engine.weightSpecs(TINY_MODEL),
    behave: heldUntil(until),
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
    const events: CoordinatorEvent[] = []
    const held = Promise.withResolvers<void>()
    const first = await startFederator(events)
    await vi.waitFor(() => expect(events.at(-1)).toMatchObject({ for: 'registration' }), 5_000)

    await world.register('alpha')
    await world.register('beta')
    const alpha = siloOf('alpha')
    const beta = siloOf('beta', held.promise)
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
})
