import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createEngine, type Engine, federationModel } from '@fednode/engine'
import {
  type BlobStore,
  type ChainManifest,
  createMemoryBlobStore,
  encodeWeights,
  type Manifest,
  silentLogger,
  type Weights,
} from '@fednode/protocol'
import type { Coordinator } from '../../src/coordinator/coordinator.ts'
import { createCoordinator } from '../../src/coordinator/create-coordinator.ts'
import { createJournal, type Journal } from '../../src/journal/create-journal.ts'
import type { Leadership } from '../../src/leadership/leadership.ts'
import type { CoordinatorEvent } from '../../src/types.ts'
import { createFakeChain, type FakeChain } from './fake-chain.ts'
import { createLoopNetwork, type LoopNetwork } from './loop-network.ts'
import { type Behaviour, createScriptedSilo, type ScriptedSilo } from './scripted-silo.ts'
import {
  CHAIN_ID,
  cidOfManifest,
  fixedRegistry,
  keyOf,
  SCENARIO,
  tinyManifest,
  tinyValidation,
} from './tiny-federation.ts'

/** Everything around one coordinator that outlives its crashes. */
export type World = {
  readonly directory: string
  readonly manifest: Manifest
  readonly chain: FakeChain
  readonly network: LoopNetwork
  readonly blobs: BlobStore
  readonly silos: ReadonlyMap<string, ScriptedSilo>
  readonly events: CoordinatorEvent[]
  /** A new process over the same directory; `journal` may wrap the real one. */
  startCoordinator(wrap?: (journal: Journal) => Journal): Promise<RunningCoordinator>
  readJournal<T>(query: (journal: Journal) => T): T
  close(): Promise<void>
}

export type RunningCoordinator = {
  readonly coordinator: Coordinator
  readonly journal: Journal
  /** Ends it as a crash would leave it: nothing more is journaled. */
  kill(): Promise<void>
}

let engine: Promise<Engine> | undefined

export async function createWorld(options: {
  readonly silos: Readonly<Record<string, Behaviour | undefined>>
  readonly rounds?: Partial<Manifest['rounds']>
  readonly updateNorm?: number
  readonly market?: Partial<ChainManifest['market']>
  readonly strategy?: Manifest['strategy']
  readonly compression?: NonNullable<Manifest['compression']>
  readonly contribution?: Partial<Manifest['contribution']>
  readonly training?: Partial<Manifest['training']>
  /** The model that training.start names. */
  readonly start?: Weights
  /** Names of clients whose binding does not hold. */
  readonly ignored?: readonly string[]
  /** Whether the federation has a chain. @default true */
  readonly hasChain?: boolean
  /** Of the first coordinator. @default countStarts() */
  readonly leadership?: Leadership
  /** The coordinator's wall clock. */
  readonly now?: () => number
}): Promise<World> {
  engine ??= createEngine({ backend: 'cpu' })
  const shared = await engine
  const names = Object.keys(options.silos)
  const tiny = tinyManifest({ maxSilos: names.length, ...options.rounds })
  const { updateNorm = tiny.limits.updateNorm } = options
  const manifest = {
    ...tiny,
    limits: { updateNorm },
    market: { ...tiny.market, ...options.market },
    strategy: options.strategy ?? tiny.strategy,
    ...(options.compression === undefined ? {} : { compression: options.compression }),
    contribution: { ...tiny.contribution, ...options.contribution },
    training: { ...tiny.training, ...options.training },
  }
  const directory = mkdtempSync(join(tmpdir(), 'fednode-coordinator-'))
  const path = join(directory, 'journal.sqlite')
  const network = createLoopNetwork()
  const chain = createFakeChain({ rounds: manifest.rounds.count, clients: names.length })
  const blobs = createMemoryBlobStore()
  const events: CoordinatorEvent[] = []
  const { start } = options
  const models = federationModel(manifest, { engine: shared, start })
  if (start !== undefined) await blobs.put(encodeWeights(start))
  const silos = new Map<string, ScriptedSilo>()
  for (const [name, behave] of Object.entries(options.silos)) {
    const silo = createScriptedSilo({
      name,
      federator: keyOf('federator').peerId,
      specs: shared.weightSpecs(models.shared),
      createHost: (rules, own) => network.createHost(keyOf(name), own)(rules),
      ...(behave === undefined ? {} : { behave }),
    })
    silos.set(name, silo)
    await silo.start()
  }
  const open = new Set<RunningCoordinator>()

  async function startCoordinator(
    wrap: (journal: Journal) => Journal = (journal) => journal,
  ): Promise<RunningCoordinator> {
    const journal = createJournal(path)
    const coordinator = createCoordinator(
      {
        chainId: CHAIN_ID,
        scenario: SCENARIO,
        manifest,
        manifestCid: cidOfManifest(manifest),
        software: 'test 0',
        pollMs: 5,
        announceMs: 20,
        lingerMs: 0,
        keepMs: 0,
      },
      {
        createHost: network.createHost(keyOf('federator'), blobs),
        engine: shared,
        ...(options.hasChain === false ? {} : { chain }),
        registry: fixedRegistry(names, { ignored: options.ignored ?? [] }),
        journal: wrap(journal),
        ...(options.leadership === undefined ? {} : { leadership: options.leadership }),
        blobs,
        peerKey: keyOf('federator'),
        validation: tinyValidation(),
        ...(start === undefined ? {} : { start }),
        scratch: directory,
        logger: silentLogger,
        now: options.now ?? Date.now,
        elapsed: () => performance.now(),
        onEvent: (event) => events.push(event),
        signal: new AbortController().signal,
      },
    )
    const running: RunningCoordinator = {
      coordinator,
      journal,
      async kill() {
        open.delete(running)
        await coordinator.stop()
        journal.close()
      },
    }
    open.add(running)
    await coordinator.start()
    return running
  }

  return {
    directory,
    manifest,
    chain,
    network,
    blobs,
    silos,
    events,
    startCoordinator,
    readJournal(query) {
      const journal = createJournal(path, { readOnly: true })
      try {
        return query(journal)
      } finally {
        journal.close()
      }
    },
    async close() {
      for (const running of open) await running.kill()
      for (const silo of silos.values()) await silo.stop()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}
