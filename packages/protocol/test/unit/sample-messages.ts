import type { Cid, SiloName } from '../../src/ids.ts'
import { cidOfBytes } from '../../src/ids.ts'
import type { Receipt, RoundOpen, RoundResult, UpdateReady } from '../../src/messages/types.ts'
import { createPeerKey, type PeerKey } from '../../src/peer-key.ts'

/** Keys that never change between runs. */
export const AGGREGATOR: PeerKey = createPeerKey(new Uint8Array(32).fill(1))
export const SILO: PeerKey = createPeerKey(new Uint8Array(32).fill(2))
export const STRANGER: PeerKey = createPeerKey(new Uint8Array(32).fill(3))

export const NOW = 1_760_000_000_000

/** CID of a text: distinct, readable test ids. */
export function cidOf(text: string): Cid {
  return cidOfBytes(Buffer.from(text))
}

/** A silo's name; tests only use valid ones. */
export function siloName(text: string): SiloName {
  return text as SiloName
}

export const SCOPE = {
  version: 3,
  chainId: 31_337,
  scenario: '0x1111111111111111111111111111111111111111',
  term: 1,
  round: 3,
  sentAt: NOW,
} as const

export const ROUND_OPEN: RoundOpen = {
  ...SCOPE,
  type: 'round-open',
  manifest: cidOf('manifest'),
  model: { cid: cidOf('model'), size: 1_024 },
  commitment: new Uint8Array(32).fill(7),
  block: { number: 12, hash: new Uint8Array(32).fill(8), isHead: true },
  deadline: NOW + 60_000,
}

export const UPDATE_READY: UpdateReady = {
  ...SCOPE,
  type: 'update-ready',
  silo: siloName('silo-a'),
  base: cidOf('model'),
  update: { cid: cidOf('update'), size: 1_024 },
  samples: 2_790,
  trainMs: 1_800,
  lossMicros: 209_000,
}

export const RECEIPT: Receipt = {
  ...SCOPE,
  type: 'receipt',
  silo: siloName('silo-a'),
  update: cidOf('update'),
  accepted: true,
}

export const ROUND_RESULT: RoundResult = {
  ...SCOPE,
  type: 'round-result',
  model: { cid: cidOf('next'), size: 1_024 },
  evidence: { cid: cidOf('evidence'), size: 2_048 },
  metrics: { accuracy: '0.9012', auc: '0.97' },
  lossPico: 209_000_000_000,
  utilityBeforePico: 930_000_000_000,
  utilityAfterPico: 941_000_000_000,
  contributions: [
    {
      silo: siloName('silo-a'),
      shapleyPico: 12_000_000_000,
      standardErrorPico: 0,
      withoutPico: 929_000_000_000,
      share: 1_000_000_000,
    },
    { silo: siloName('silo-b'), shapleyPico: -1_000_000_000, standardErrorPico: 0, share: 0 },
  ],
  last: false,
}
