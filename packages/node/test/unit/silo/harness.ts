import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createEngine, type Dataset, type Engine } from '@fednode/engine'
import {
  type AddressText,
  type BlobRef,
  type BlobStore,
  type ChainManifest,
  type Cid,
  cidOfBytes,
  createBlobStore,
  createHost,
  createPeerKey,
  encodeWeights,
  type Host,
  type HostOptions,
  type HostRules,
  type Manifest,
  type Message,
  type PeerIdText,
  type PeerKey,
  PROTOCOL_VERSION,
  type Receipt,
  type RefusalCode,
  type RoundOpen,
  type SignedMessage,
  type SiloName,
  signMessage,
  silentLogger,
  type UpdateReady,
  type Weights,
} from '@fednode/protocol'
import { createSilo } from '../../../src/silo/create-silo.ts'
import type { SiloEvent } from '../../../src/silo/events.ts'
import type { Silo, SiloDeps } from '../../../src/silo/silo.ts'
import { createSiloJournal, type SiloJournal } from '../../../src/silo/silo-journal.ts'

export const CHAIN_ID = 31_337
export const SCENARIO: AddressText = '0x00000000000000000000000000000000000000aa'
export const NAME = 'a' as SiloName
export const MANIFEST_CID: Cid = cidOfBytes(Uint8Array.of(1))
export const aggregatorKey: PeerKey = createPeerKey(new Uint8Array(32).fill(1))
export const siloKey: PeerKey = createPeerKey(new Uint8Array(32).fill(2))
const LISTEN = ['/ip4/127.0.0.1/tcp/0']
const MODEL = {
  topology: {
    className: 'Sequential',
    layers: [{ className: 'Dense', config: { units: 2, activation: 'softmax' } }],
  },
  featureShape: [2],
  objective: { kind: 'classes', classes: 2 },
} as const

/** Two features, label = which is larger. */
export const manifest: ChainManifest = {
  version: 1,
  name: 'test',
  description: '',
  task: 'classification',
  data: { kind: 'array', shape: [2], classes: ['x', 'y'] },
  model: MODEL.topology,
  training: { optimizer: 'sgd', learningRate: 0.1, batchSize: 8, epochs: 2 },
  strategy: { name: 'fedavg', weighting: 'samples' },
  rounds: { count: 2, deadlineSeconds: 60, minSilos: 1, maxSilos: 2 },
  contribution: {
    estimator: 'exact',
    utility: 'accuracy',
    validation: cidOfBytes(Uint8Array.of(2)),
  },
  privacy: { minimumRows: 1, minimumBatch: 1 },
  limits: { updateNorm: 100 },
  reward: { perRound: '1', streamSeconds: 60, challengeSeconds: 1 },
  market: {
    tokensPerSilo: '100',
    siloBps: 10_000,
    poolBps: 0,
    federatorBps: 0,
    seedCurrency: '0',
    currencyWeight: 0.5,
    swapFee: 0.003,
  },
  registration: { open: true, deadlineSeconds: 60 },
  seed: 1,
}

/** Class of every row of `dataset`. */
export const TARGETS = {
  kind: 'classes',
  labels: Int32Array.from({ length: 32 }, (_, row) =>
    (row * 74) % 251 > (row * 74 + 37) % 251 ? 0 : 1,
  ),
  classes: 2,
} as const

export const dataset: Dataset = {
  count: 32,
  featureShape: [2],
  features: Uint8Array.from({ length: 64 }, (_, index) => (index * 37) % 251),
  featureScale: 1 / 255,
  targets: TARGETS,
}

/** The silo under test. */
const PLAYER: Player = { name: NAME, key: siloKey, dataset }

/** A temporary directory that goes with the test. */
export function temporaryDirectory(cleanup: (() => unknown)[]): string {
  const directory = mkdtempSync(path.join(tmpdir(), 'fednode-silo-'))
  cleanup.push(() => rmSync(directory, { recursive: true, force: true }))
  return directory
}

/** An aggregator that says what the test tells it to. */
export type ScriptedAggregator = {
  readonly host: Host
  readonly received: SignedMessage[]
  /** First announcement of an update that satisfies `matches`. */
  update(matches?: (message: UpdateReady) => boolean): Promise<UpdateReady>
  say(message: Message): Promise<void>
  open(round: number, extra?: Partial<RoundOpen>): RoundOpen
  /** What a silo announced, as the aggregator fetches it. */
  fetch(update: BlobRef, from?: PeerIdText): Promise<Uint8Array>
  /** The initial model, and its weights. */
  readonly model: BlobRef
  readonly weights: Weights
  /** What it serves. */
  readonly blobs: BlobStore
  latest: SignedMessage[]
}

/** @param key - the federator's; another one is an impostor's. */
export async function startAggregator(
  directory: string,
  cleanup: (() => unknown)[],
  key = aggregatorKey,
): Promise<ScriptedAggregator> {
  const engine = await createEngine({ backend: 'cpu' })
  const blobs = createBlobStore(path.join(directory, 'aggregator'))
  const weights = engine.initialWeights(MODEL, 1)
  const model = await blobs.put(encodeWeights(weights))
  const received: SignedMessage[] = []
  const state = { latest: [] as SignedMessage[] }
  const rules: HostRules = {
    isMember: () => true,
    checkMessage: () => ({ action: 'accept' }),
    onMessage: (signed) => received.push(signed),
    mayServe: () => true,
    latestMessages: () => state.latest,
  }
  const host = createHost(
    { peerKey: key, listen: LISTEN, chainId: CHAIN_ID, scenario: SCENARIO, blobs },
    { rules, logger: silentLogger },
  )
  await host.start()
  cleanup.push(() => host.stop())
  return {
    host,
    received,
    model,
    weights,
    blobs,
    latest: state.latest,
    async say(message) {
      state.latest.push(await host.publish(message))
    },
    open: (round, extra = {}) => ({
      type: 'round-open',
      ...scopeOf(round),
      manifest: MANIFEST_CID,
      model,
      ...opening,
      deadline: Date.now() + 60_000,
      ...extra,
    }),
    async fetch(update, from = siloKey.peerId) {
      await host.fetchBlob(update, { peers: [from] })
      return blobs.get(update.cid)
    },
    update: (matches = () => true) =>
      until(() => {
        for (const { message } of received) {
          if (message.type === 'update-ready' && matches(message)) return message
        }
        return undefined
      }),
  }
}

/** What a round-open says of the chain and of the round's randomness; silos only keep it. */
export const opening: Pick<RoundOpen, 'commitment' | 'block'> = {
  commitment: new Uint8Array(32).fill(7),
  block: { number: 12, hash: new Uint8Array(32).fill(8), isHead: true },
}

export function scopeOf(round: number, term = 1) {
  return {
    version: PROTOCOL_VERSION,
    chainId: CHAIN_ID,
    scenario: SCENARIO,
    term,
    round,
    sentAt: Date.now(),
  }
}

/** What the aggregator signs of the silo's update: accepted, or refused with a code. */
export function receiptOf(
  round: number,
  update: Cid,
  code?: RefusalCode,
  term = 1,
): SignedMessage<Receipt> {
  const receipt = { type: 'receipt', ...scopeOf(round, term), silo: NAME, update } as const
  return signMessage(
    code === undefined ? { ...receipt, accepted: true } : { ...receipt, accepted: false, code },
    aggregatorKey,
  )
}

/** A silo of the federation: its name, its key, its rows. */
export type Player = {
  readonly name: SiloName
  readonly key: PeerKey
  readonly dataset: Dataset
}

/** What a test may change of the silo that it starts. */
export type SiloSetup = {
  readEndpoint(): readonly string[]
  readonly manifest?: Manifest
  readonly self?: Player
  /** All silos of the federation. */
  readonly players?: readonly Player[]
  readonly bootstrap?: readonly string[]
  readonly preprocessing?: SiloDeps['preprocessing']
  /** How its host is reached and whom it looks for. */
  readonly network?: Partial<Pick<HostOptions, 'listen' | 'relays' | 'neighbours'>>
}

export type StartedSilo = {
  readonly silo: Silo
  readonly journal: SiloJournal
  readonly blobs: BlobStore
  readonly events: SiloEvent[]
  /** Codes of what it warned of. */
  readonly warnings: readonly unknown[]
  readonly trainings: () => number
  event<T extends SiloEvent['type']>(type: T): Promise<Extract<SiloEvent, { type: T }>>
}

export async function startSilo(
  directory: string,
  cleanup: (() => unknown)[],
  options: SiloSetup,
): Promise<StartedSilo> {
  const { self = PLAYER, players = [self] } = options
  const engine = await createEngine({ backend: 'cpu' })
  const counted = { trainings: 0 }
  const events: SiloEvent[] = []
  const warnings: unknown[] = []
  const blobs = createBlobStore(path.join(directory, 'silo'))
  const journal = createSiloJournal(path.join(directory, 'silo.sqlite'))
  const deps: SiloDeps = {
    createHost: (rules) =>
      createHost(
        {
          peerKey: self.key,
          listen: LISTEN,
          ...options.network,
          chainId: CHAIN_ID,
          scenario: SCENARIO,
          blobs,
        },
        { rules, logger: silentLogger },
      ),
    createEngine: async () => countTrainings(engine, counted),
    dataset: self.dataset,
    registry: registry(players),
    journal,
    blobs,
    readEndpoint: async () => options.readEndpoint(),
    bootstrap: options.bootstrap ?? [],
    ...(options.preprocessing && { preprocessing: options.preprocessing }),
    saveModel: async () => 'model.safetensors',
    onEvent: (event) => events.push(event),
    logger: { ...silentLogger, warn: (fields) => warnings.push(Reflect.get(fields, 'code')) },
    now: Date.now,
    elapsed: () => performance.now(),
  }
  const silo = createSilo(
    {
      chainId: CHAIN_ID,
      scenario: SCENARIO,
      name: self.name,
      manifest: options.manifest ?? manifest,
      manifestCid: MANIFEST_CID,
      registering: true,
    },
    deps,
  )
  await silo.start()
  cleanup.push(async () => {
    await silo.stop()
    await silo.done.catch(() => {})
    journal.close()
  })
  return {
    silo,
    journal,
    blobs,
    events,
    warnings,
    trainings: () => counted.trainings,
    event: (type) =>
      until(() => {
        for (const event of events) if (isEvent(event, type)) return event
        return undefined
      }),
  }
}

/** Players are members in their order; without any the silo under test is the only one. */
export function registry(players: readonly Player[] = [PLAYER]): SiloDeps['registry'] {
  const members = players.map(({ name, key }, index) => ({
    ...{ index, name, peerId: key.peerId, account: SCENARIO, token: SCENARIO },
  }))
  const federator = aggregatorKey.peerId
  const memberOf = (peer: PeerIdText) => members.find((member) => member.peerId === peer)
  return {
    refresh: async () => {},
    members: () => members,
    memberOf,
    federatorPeerId: federator,
    isMember: async (peer) => peer === federator || memberOf(peer) !== undefined,
  }
}

/** Waits for a value; the test's own timeout is the limit. */
export async function until<T>(look: () => T | undefined): Promise<T> {
  for (;;) {
    const found = look()
    if (found !== undefined) return found
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

function isEvent<T extends SiloEvent['type']>(
  event: SiloEvent,
  type: T,
): event is Extract<SiloEvent, { type: T }> {
  return event.type === type
}

function countTrainings(engine: Engine, counted: { trainings: number }): Engine {
  return {
    ...engine,
    train: (...args) => {
      counted.trainings++
      return engine.train(...args)
    },
  }
}
