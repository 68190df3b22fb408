import { createHash } from 'node:crypto'
import { afterEach } from 'vitest'
import type { AddressText, Cid, PeerIdText, SiloName } from '../../../src/ids.ts'
import { PROTOCOL_VERSION } from '../../../src/limits.ts'
import { silentLogger } from '../../../src/logger.ts'
import type { RoundOpen, SignedMessage, UpdateReady, Verdict } from '../../../src/messages/types.ts'
import { createPeerKey, type PeerKey } from '../../../src/peer-key.ts'
import { cidOfBlob } from '../../../src/transport/blob-descriptor.ts'
import type { OnDeparture } from '../../../src/transport/departure.ts'
import { createHost, type HostOptions } from '../../../src/transport/host.ts'
import { createMemoryBlobStore } from '../../../src/transport/memory-blob-store.ts'
import type { BlobStore, Host, HostRules } from '../../../src/transport/types.ts'

export const CHAIN_ID = 31_337
export const SCENARIO: AddressText = `0x${'ab'.repeat(20)}`

/** A host with everything that a test looks at. */
export type TestHost = {
  readonly host: Host
  readonly key: PeerKey
  readonly blobs: { -readonly [K in keyof BlobStore]: BlobStore[K] }
  /** Messages that were delivered, in order. */
  readonly heard: SignedMessage[]
  /** What it logged at info and warn: fields and message. */
  readonly logged: Record<string, unknown>[]
  /** Ids of whoever may connect; tests change it. */
  readonly members: Set<PeerIdText>
  readonly rules: { -readonly [K in keyof HostRules]: HostRules[K] }
  /** Told of what leaves; tests change it. */
  readonly audit: { onDeparture: OnDeparture }
  /** Wall clock of the host in Unix ms; tests move it. */
  readonly clock: { offsetMs: number }
  address(): string
}

const started: { stop(): Promise<unknown> | unknown }[] = []
afterEach(async () => {
  await Promise.all(started.splice(0).map((thing) => thing.stop()))
})

/** Stopped after the test. */
export function stopLater<T extends { stop(): Promise<unknown> | unknown }>(thing: T): T {
  started.push(thing)
  return thing
}

export function peerKeyOf(name: string): PeerKey {
  return createPeerKey(createHash('sha256').update(name).digest())
}

/** Not started, member of nothing but of itself. */
export function createTestHost(name: string, options: Partial<HostOptions> = {}): TestHost {
  const key = options.peerKey ?? peerKeyOf(name)
  const members = new Set<PeerIdText>([key.peerId])
  const heard: SignedMessage[] = []
  const logged: Record<string, unknown>[] = []
  const note = (fields: object, message: string): void => void logged.push({ ...fields, message })
  const clock = { offsetMs: 0 }
  const audit: TestHost['audit'] = { onDeparture: async () => {} }
  const blobs = options.blobs ?? createMemoryBlobStore()
  const rules: HostRules = {
    isMember: (peer) => members.has(peer),
    checkMessage: (): Verdict => ({ action: 'accept' }),
    onMessage: (message) => heard.push(message),
    mayServe: () => true,
    latestMessages: () => [],
  }
  const host = createHost(
    {
      peerKey: key,
      listen: ['/ip4/127.0.0.1/tcp/0'],
      chainId: CHAIN_ID,
      scenario: SCENARIO,
      blobs,
      connectTries: 2,
      fetchTries: 2,
      ...options,
    },
    {
      rules,
      logger: { ...silentLogger, info: note, warn: note },
      clock: () => Date.now() + clock.offsetMs,
      onDeparture: (departure) => audit.onDeparture(departure),
    },
  )
  stopLater(host)
  const address = (): string => host.addresses()[0] ?? ''
  return { host, key, blobs, heard, logged, members, rules, audit, clock, address }
}

/** Started hosts that know each other as members; connected are only those that a test connects. */
export async function startHosts(
  names: readonly string[],
  options: Partial<HostOptions> = {},
): Promise<readonly TestHost[]> {
  const hosts = names.map((name) => createTestHost(name, options))
  for (const { members } of hosts) for (const { key } of hosts) members.add(key.peerId)
  await Promise.all(hosts.map(({ host }) => host.start()))
  return hosts
}

/** Two connected hosts. */
export async function startPair(
  options: Partial<HostOptions> = {},
): Promise<readonly [TestHost, TestHost]> {
  const [a, b] = await startHosts(['a', 'b'], options)
  if (a === undefined || b === undefined) throw new RangeError('two hosts')
  await a.host.connect([b.address()])
  return [a, b]
}

/** Waits for a condition; fails with its name after a generous bound. */
export async function until(name: string, condition: () => boolean): Promise<void> {
  for (let tries = 0; tries < 1_000; tries++) {
    if (condition()) return
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new RangeError(`never happened: ${name}`)
}

const SOME_CID: Cid = cidOfBlob(Uint8Array.of(1, 2, 3))

export function roundOpen(change: Partial<RoundOpen> = {}): RoundOpen {
  return {
    type: 'round-open',
    version: PROTOCOL_VERSION,
    chainId: CHAIN_ID,
    scenario: SCENARIO,
    term: 1,
    round: 1,
    sentAt: Date.now(),
    manifest: SOME_CID,
    model: { cid: SOME_CID, size: 3 },
    commitment: new Uint8Array(32).fill(7),
    block: { number: 12, hash: new Uint8Array(32).fill(8), isHead: true },
    deadline: Date.now() + 60_000,
    ...change,
  }
}

export function updateReady(change: Partial<UpdateReady> = {}): UpdateReady {
  return {
    type: 'update-ready',
    version: PROTOCOL_VERSION,
    chainId: CHAIN_ID,
    scenario: SCENARIO,
    term: 1,
    round: 1,
    sentAt: Date.now(),
    silo: 'a' as SiloName,
    base: SOME_CID,
    update: { cid: SOME_CID, size: 3 },
    samples: 10,
    trainMs: 5,
    lossMicros: 700_000,
    ...change,
  }
}
