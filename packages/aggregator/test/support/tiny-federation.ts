import type { Member, Registry } from '@fednode/contracts'
import type { Dataset } from '@fednode/engine'
import {
  type AddressText,
  type ChainManifest,
  type Cid,
  cidOfBytes,
  createPeerKey,
  encodeManifest,
  type Manifest,
  type ModelSpec,
  type PeerKey,
  type SiloName,
} from '@fednode/protocol'
import type { RoundRandomness } from '../../src/journal/rounds.ts'

export const CHAIN_ID = 31_337
export const SCENARIO: AddressText = `0x${'5c'.repeat(20)}`

/** A federation as small as it gets: two features, two classes, six weights. */
export function tinyManifest(changes: Partial<Manifest['rounds']> = {}): ChainManifest {
  return {
    version: 1,
    name: 'tiny',
    description: 'two features, two classes',
    task: 'classification',
    data: { kind: 'array', shape: [2], classes: ['no', 'yes'] },
    model: {
      className: 'Sequential',
      layers: [{ className: 'Dense', config: { units: 2, activation: 'softmax' } }],
    },
    training: { optimizer: 'sgd', learningRate: 0.1, batchSize: 4, epochs: 1 },
    strategy: { name: 'fedavg', weighting: 'samples' },
    rounds: { count: 2, deadlineSeconds: 60, minSilos: 2, maxSilos: 3, ...changes },
    contribution: {
      estimator: 'exact',
      utility: 'negative-loss',
      validation: cidOfBytes(new TextEncoder().encode('validation')),
    },
    privacy: { minimumRows: 1, minimumBatch: 1 },
    limits: { updateNorm: 10 },
    reward: { perRound: '100', streamSeconds: 60, challengeSeconds: 1 },
    market: {
      tokensPerSilo: '1000000',
      siloBps: 10_000,
      poolBps: 0,
      federatorBps: 0,
      seedCurrency: '0',
      currencyWeight: 0.5,
      swapFee: 0.003,
    },
    registration: { open: true, deadlineSeconds: 3_600 },
    seed: 7,
  }
}

/** What a round's seed is made of. */
export const RANDOMNESS: RoundRandomness = {
  reveal: new Uint8Array(32).fill(7),
  block: { number: 9, hash: new Uint8Array(32).fill(1), isHead: true },
}

export function cidOfManifest(manifest: Manifest): Cid {
  return encodeManifest(manifest).cid
}

export const TINY_MODEL: ModelSpec = {
  topology: tinyManifest().model,
  featureShape: [2],
  objective: { kind: 'classes', classes: 2 },
}

/** Forty points; the class is the sign of the first feature. */
export function tinyValidation(): Dataset {
  const count = 40
  const features = Float32Array.from({ length: 2 * count }, (_, i) => Math.sin(1 + i * 1.7))
  const labels = Int32Array.from({ length: count }, (_, i) => ((features[2 * i] ?? 0) > 0 ? 1 : 0))
  const targets = { kind: 'classes', labels, classes: 2 } as const
  return { count, featureShape: [2], features, featureScale: 1, targets }
}

/** The same key for the same name, in every run. */
export function keyOf(name: string): PeerKey {
  const seed = new Uint8Array(32)
  seed.set(new TextEncoder().encode(name).subarray(0, 32))
  return createPeerKey(seed)
}

/** A registry that knows these silos from the start. @param options.ignored - names of those whose binding does not hold. */
export function fixedRegistry(
  names: readonly string[],
  { ignored = [] }: { readonly ignored?: readonly string[] } = {},
): Registry {
  const clients: Member[] = names.map((name, index) => ({
    index,
    name: name as SiloName,
    peerId: keyOf(name).peerId,
    account: `0x${String(index + 1).padStart(40, '0')}`,
    token: `0x${String(index + 101).padStart(40, '0')}`,
  }))
  const members = clients.filter(({ name }) => !ignored.includes(name))
  const federatorPeerId = keyOf('federator').peerId
  const memberOf: Registry['memberOf'] = (peer) => members.find(({ peerId }) => peerId === peer)
  return {
    refresh: async () => {},
    members: () => members,
    memberOf,
    ignored: () => clients.filter(({ name }) => ignored.includes(name)),
    clientCount: names.length,
    federatorPeerId,
    isMember: async (peer) => peer === federatorPeerId || memberOf(peer) !== undefined,
    // Never behind the fake chain.
    blockNumber: 1_000_000n,
  }
}
