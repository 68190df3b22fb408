import { mkdirSync, rmSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import { type CoordinatorEvent, createJournal } from '@fednode/aggregator'
import type { Registry } from '@fednode/contracts'
import { type Dataset, loadDataset } from '@fednode/engine'
import {
  type BlobStore,
  createBlobStore,
  createHost,
  type Host,
  type HostRules,
  type PeerKey,
  type Weights,
} from '@fednode/protocol'
import { createReachingCoordinator } from '../../../debug/create-reaching-coordinator.ts'
import { reachingBlobs } from '../../../debug/reaching-blobs.ts'
import { openEvaluator } from '../../../engines/open-engine.ts'
import type { Context } from '../../../framework/context.ts'
import type { Monitor } from '../../../metrics/start-monitor.ts'
import { keepNetworkFile } from '../../../network/keep-network-file.ts'
import { networkOf } from '../../../network/network-of.ts'
import type { Plan } from '../../../plan/plan.ts'
import { readVersion } from '../../../runtime/read-version.ts'
import type { ScenarioPaths } from '../../../runtime/scenario-directory.ts'
import { unlessStopped } from '../../../runtime/unless-stopped.ts'
import { VALIDATION_SETTING } from '../../../verify/known-rounds.ts'
import type { AggregatorOptions } from './handler.ts'
import type { AggregatorView } from './show-aggregator.ts'
import type { AggregatorVenue } from './venue.ts'

/** How often it is looked who is connected, in ms, where that asks no chain. */
const MEMBER_POLL_MS = 500

/** Everything that an aggregator is made of. */
export type AggregatorParts = {
  readonly options: Omit<AggregatorOptions, 'scenario'>
  readonly context: Context
  readonly peerKey: PeerKey
  readonly venue: AggregatorVenue
  readonly plan: Plan
  readonly validation: Dataset
  /** The model that the manifest starts from, where it names one. */
  readonly start: Weights | undefined
  readonly paths: ScenarioPaths
  readonly view: AggregatorView
  readonly monitor: Monitor<CoordinatorEvent>
}

/** Builds the aggregator's graph and starts it; `done` resolves when all of it has stopped. */
export async function startAggregator(
  parts: AggregatorParts,
): Promise<{ readonly done: Promise<void> }> {
  const { options, context, peerKey, venue, plan, validation, start, paths, view, monitor } = parts
  const { logger, signal, now } = context
  const { chainId, scenario, registry, chain } = venue
  const engine = await unlessStopped(signal, () => openEvaluator(options))
  const journal = createJournal(paths.journal)
  if (options.paused) journal.setPaused(true)
  journal.setSetting(VALIDATION_SETTING, options.dataFile)
  const store = createBlobStore(paths.blobs)
  const served = await withManifest(store, parts)
  const blobs = reachingBlobs(store, 'aggregator.blob-stored', context.reach)
  const network = { peerKey, ...networkOf(options), chainId, scenario, blobs }
  const elapsed = () => performance.now()
  const leadership = await venue.chooseLeadership?.({ journal, elapsed })
  const coordinator = createReachingCoordinator(
    {
      chainId,
      scenario,
      manifest: plan.manifest,
      manifestCid: plan.cid,
      software: `fednode ${readVersion()}`,
      ...(options.confirmations === undefined ? {} : { confirmations: options.confirmations }),
      ...(chain === undefined ? { pollMs: MEMBER_POLL_MS } : {}),
    },
    {
      createHost: (rules) => hostOf(parts, network, served(rules)),
      engine,
      ...(chain === undefined ? {} : { chain }),
      registry,
      journal,
      ...(leadership === undefined ? {} : { leadership }),
      blobs,
      peerKey,
      ...silosAsked(options, venue),
      validation,
      ...(start === undefined ? {} : { start }),
      loadValidation: async (data) => (await loadDataset(options.dataFile, data)).dataset,
      scratch: emptyDirectory(paths.scratch),
      logger: logger.child({ part: 'aggregator' }),
      now,
      elapsed,
      onEvent: view.onEvent,
      signal,
    },
    context.reach,
  )
  const close = async (): Promise<void> => {
    await coordinator.stop()
    journal.close()
    view.end()
  }
  try {
    await coordinator.start()
    monitor.meet('network', () => true)
  } catch (error) {
    await close()
    throw error
  }
  return { done: coordinator.done.finally(close) }
}

/** The libp2p host of an aggregator, seen by whoever observes it. */
function hostOf(
  { options, context, peerKey, venue, paths, monitor }: AggregatorParts,
  network: Parameters<typeof createHost>[0],
  rules: HostRules,
): Host {
  const { logger, signal, now } = context
  const host = createHost(network, { rules, logger: logger.child({ part: 'host' }), clock: now })
  monitor.watchNetwork({
    traffic: host.traffic,
    connected: () => connectedOf(host, venue.registry),
  })
  void keepNetworkFile(host, {
    directory: paths.directory,
    aggregator: peerKey.peerId,
    relays: options.relay ?? [],
    signal,
    now,
    logger,
  })
  return host
}

/** Where no chain has the manifest, members that hold an invite ask the aggregator for it. */
async function withManifest(
  store: Pick<BlobStore, 'put'>,
  { venue, plan }: Pick<AggregatorParts, 'venue' | 'plan'>,
): Promise<(rules: HostRules) => HostRules> {
  if (venue.chain !== undefined) return (rules) => rules
  const manifest = await store.put(plan.bytes)
  return (rules) => ({
    ...rules,
    mayServe: (peer, cid) => cid === manifest.cid || rules.mayServe(peer, cid),
  })
}

/** Without a chain only the silos can tell that this directory is an old one (T46): then they are asked at every start. */
function silosAsked(
  { rebuild }: AggregatorParts['options'],
  { chain, readAnchors }: AggregatorVenue,
): Partial<Pick<AggregatorVenue, 'readAnchors'>> {
  return rebuild === undefined && chain !== undefined ? {} : { readAnchors }
}

/** How many silos are connected now. */
function connectedOf(host: Pick<Host, 'isConnected'>, registry: Pick<Registry, 'members'>): number {
  return registry.members().filter(({ peerId }) => host.isConnected(peerId)).length
}

/** A crash may have left something in it. */
function emptyDirectory(directory: string): string {
  rmSync(directory, { recursive: true, force: true })
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  return directory
}
