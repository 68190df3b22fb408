import { commitmentOf, roundSeed } from '@fednode/contracts'
import {
  cidOfBlob,
  encodeManifest,
  encodeSignedMessage,
  type Manifest,
  type Message,
  PROTOCOL_VERSION,
  type SiloName,
  sharesOf,
  signMessage,
  toPico,
} from '@fednode/protocol'
import { deriveSeed } from '../../src/assessment/derive-seed.ts'
import { localSteps } from '../../src/assessment/update-sources.ts'
import { everyone } from '../../src/contribution/coalition-bits.ts'
import { estimate } from '../../src/contribution/estimate.ts'
import { recordingGame } from '../../src/contribution/recording-game.ts'
import type { EvidenceSigners } from '../../src/evidence/check-evidence.ts'
import { encodeCoalitions } from '../../src/evidence/coalition-bytes.ts'
import type { Evidence } from '../../src/evidence/evidence.ts'
import { estimatorOf } from '../../src/evidence/replay-estimate.ts'
import { CHAIN_ID, keyOf, SCENARIO, tinyManifest } from './tiny-federation.ts'

export const ROUND = 3
export const SCOPE = {
  version: PROTOCOL_VERSION,
  chainId: CHAIN_ID,
  scenario: SCENARIO,
  term: 1,
  round: ROUND,
  sentAt: 1_000,
} as const
export const BASE = blobOf(1)
export const REVEAL = new Uint8Array(32).fill(5)
export const BLOCK_HASH = new Uint8Array(32).fill(6)
const SAMPLES = 10

/** Silos of the sample, each registered under twice its place: there are clients that took no part. */
export function namesOf(silos: number): readonly SiloName[] {
  return Array.from({ length: silos }, (_, i) => `silo-${String(i).padStart(2, '0')}` as SiloName)
}

export function blobOf(fill: number) {
  return { cid: cidOfBlob(Uint8Array.of(fill)), size: 1 }
}

/** A message of the federation, signed by `name`. */
export function signedBy(name: string, message: Message): Uint8Array {
  return encodeSignedMessage(signMessage(message, keyOf(name)))
}

export const SIGNERS: EvidenceSigners = {
  federator: keyOf('federator').peerId,
  memberOf: (silo) => ({ peerId: keyOf(silo).peerId, index: 2 * Number(silo.slice(5)) }),
}

/** An opening of the sample's round. */
export function openingOf(manifest: Manifest, change: object = {}): Message {
  return {
    ...SCOPE,
    type: 'round-open',
    manifest: encodeManifest(manifest).cid,
    model: BASE,
    commitment: commitmentOf(REVEAL),
    block: { number: 12, hash: BLOCK_HASH, isHead: true },
    deadline: 60_000,
    ...change,
  }
}

export function siloEntry(
  silo: SiloName,
  at: number,
  training: Manifest['training'],
): Evidence['silos'][number] {
  const update = blobOf(10 + at)
  return {
    silo,
    index: 2 * at,
    samples: SAMPLES,
    steps: localSteps(training, SAMPLES),
    update,
    announcement: signedBy(silo, {
      ...SCOPE,
      ...{ type: 'update-ready', silo, base: BASE.cid, update },
      ...{ samples: SAMPLES, trainMs: 1, lossMicros: 1 },
    }),
    receipt: signedBy('federator', {
      ...SCOPE,
      ...{ type: 'receipt', silo, update: update.cid, accepted: true },
    }),
  }
}

/** A bundle that holds: what an honest aggregator makes of these utilities (whole numbers of 1e-12 by coalition). */
export async function sampleEvidence(
  silos: number,
  utilityPico: (coalition: bigint) => number,
  contribution: Partial<Manifest['contribution']> = {},
): Promise<Evidence> {
  const tiny = tinyManifest({ maxSilos: Math.max(silos, 2) })
  const manifest = { ...tiny, contribution: { ...tiny.contribution, ...contribution } }
  const seed = roundSeed(REVEAL, `0x${Buffer.from(BLOCK_HASH).toString('hex')}`)
  const game = recordingGame({
    players: silos,
    utilities: async (coalitions) => coalitions.map((c) => utilityPico(c) / 1e12),
  })
  await game.utilities([0n, everyone(silos)])
  const { budget, estimator } = manifest.contribution
  const estimated = await estimate(estimator, game, {
    ...(budget === undefined ? {} : { budget }),
    seed: deriveSeed(seed, 'coalitions'),
    samples: new Array<number>(silos).fill(SAMPLES),
    elapsed: () => 0,
  })
  const valuesPico = estimated.values.map(toPico)
  const shares = new Array<number>(2 * silos + 1).fill(0)
  for (const [i, share] of sharesOf(valuesPico).entries()) shares[2 * i] = share
  const evaluated = game.evaluated()
  const { bytes: manifestBytes, cid } = encodeManifest(manifest)
  return {
    version: 2,
    software: 'fednode 0.0.0',
    manifest: cid,
    manifestBytes,
    chainId: CHAIN_ID,
    scenario: SCENARIO,
    term: 1,
    round: ROUND,
    previous: blobOf(3),
    base: BASE,
    model: blobOf(2),
    stateBefore: [],
    stateAfter: [],
    roundOpen: signedBy('federator', openingOf(manifest)),
    reveal: REVEAL,
    seed,
    backend: 'wasm',
    silos: namesOf(silos).map((name, i) => siloEntry(name, i, manifest.training)),
    countedPico: new Array<number>(silos).fill(toPico(1 / silos)),
    estimator: estimatorOf(manifest, silos),
    evaluations: estimated.evaluations,
    stoppedBy: estimated.stoppedBy,
    coalitions: encodeCoalitions(
      evaluated.map(({ coalition }) => coalition),
      silos,
    ),
    utilitiesPico: evaluated.map(({ utility }) => toPico(utility)),
    valuesPico,
    standardErrorsPico: estimated.standardErrors.map(toPico),
    shares,
    findings: [],
    ...(shares.every((share) => share === 0) ? { voidReason: 'NO_GAIN' as const } : {}),
  }
}
