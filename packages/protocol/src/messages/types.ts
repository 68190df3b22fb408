import type { AddressText, Cid, PeerIdText, Round, SiloName } from '../ids.ts'
import type { MetricName } from '../manifest/types.ts'

/** A blob that somebody serves: what it is called and how long it is, known before the first byte. */
export type BlobRef = { readonly cid: Cid; readonly size: number }

/** What every signed message repeats, so that it cannot be replayed elsewhere (T3). */
export type MessageScope = {
  readonly version: number
  readonly chainId: number
  readonly scenario: AddressText
  /** Counts the aggregator's starts over one Scenario; a higher term supersedes. */
  readonly term: number
  readonly round: Round
  /** Unix ms of the sender's wall clock. */
  readonly sentAt: number
}

/** The chain's head when a round opened. */
export type OpeningBlock = {
  readonly number: number
  /** 32 bytes. */
  readonly hash: Uint8Array
  /** False when the chain did not answer then: the newest block that the aggregator knew. */
  readonly isHead: boolean
}

/** Who takes part in a round, where not all do. */
export type RoundSample = {
  /** Clients of the federation when the round opened; indexes are 0 to clients - 1. */
  readonly clients: number
  /** Indexes of those of them whose binding does not hold, ascending: nobody listens to them (T2). Absent when there are none. */
  readonly ignored?: readonly number[]
  /** Indexes of those who were drawn, ascending. */
  readonly drawn: readonly number[]
}

/**
 * Aggregator to all: train this. Everything but `sentAt` is the same in every announcement of one round and term, and `commitment`,
 * `block` and `sample` in every one of the round (T4).
 */
export type RoundOpen = MessageScope & {
  readonly type: 'round-open'
  readonly manifest: Cid
  readonly model: BlobRef
  /** Only with manifest.preprocessing: what the statistics step gave, the same in every round. */
  readonly preprocessing?: BlobRef
  /** The server's control variate, in the form of a model; only with SCAFFOLD, from its second round on. */
  readonly control?: BlobRef
  /** keccak256 of the secret that the evidence reveals; with the block's hash it gives the round's seed. 32 bytes. */
  readonly commitment: Uint8Array
  readonly block: OpeningBlock
  /** Only with rounds.sampleShare: drawn by the round's seed, see drawSample; nobody else trains. */
  readonly sample?: RoundSample
  /** Unix ms after which updates are late. */
  readonly deadline: number
}

/** Round of the messages of the statistics step, which comes before round 1. */
export const STATISTICS_ROUND = 0

/** Aggregator to all, before round 1: send the statistics that the manifest's preprocessing asks for. */
export type StatisticsOpen = MessageScope & {
  readonly type: 'statistics-open'
  readonly manifest: Cid
  /** Unix ms after which statistics are late. */
  readonly deadline: number
}

/** Silo to aggregator: my update is ready to fetch; in round 0 my statistics are, and `base` is the manifest. Real numbers are integers in millionths. */
export type UpdateReady = MessageScope & {
  readonly type: 'update-ready'
  readonly silo: SiloName
  /** The global model that was trained from. */
  readonly base: Cid
  readonly update: BlobRef
  readonly samples: number
  readonly trainMs: number
  readonly lossMicros: number
  /** Of the global model that it trained from, on its own rows that it holds back: with manifest.evaluation only. */
  readonly metrics?: Readonly<Partial<Record<MetricName, string>>>
}

/** Why an update is refused. */
export const REFUSAL_CODES = [
  'NOT_REGISTERED',
  'WRONG_ROUND',
  'WRONG_BASE',
  'DUPLICATE',
  'LATE',
  'TOO_LARGE',
  'UNAVAILABLE',
  'BAD_CONTENT',
  'WRONG_SHAPES',
  'NOT_FINITE',
  'NORM_TOO_LARGE',
  'IMPLAUSIBLE_SAMPLES',
  'KNOWN_UPDATE',
  'NOT_DRAWN',
] as const
export type RefusalCode = (typeof REFUSAL_CODES)[number]

/** Aggregator to one silo (sent to all): your update was accepted, or refused and why. */
export type Receipt = MessageScope & {
  readonly type: 'receipt'
  readonly silo: SiloName
  readonly update: Cid
  readonly accepted: boolean
  readonly code?: RefusalCode
}

/** Value of one silo in one round; `shapley`, `standardError` and `without` in 1e-12, `share` in 1e-9 of the pot. */
export type SiloContribution = {
  readonly silo: SiloName
  readonly shapleyPico: number
  readonly standardErrorPico: number
  /** Utility of the model that all the others would have made; absent where nobody measured it. */
  readonly withoutPico?: number
  readonly share: number
}

/** Aggregator to all: the round is over. Utilities in 1e-12. */
export type RoundResult = MessageScope & {
  readonly type: 'round-result'
  readonly model: BlobRef
  readonly evidence: BlobRef
  /** Of the new model on the held-out rows, in the label's own unit where it has one: shortest decimal texts (ECMAScript Number::toString). */
  readonly metrics: Readonly<Partial<Record<MetricName, string>>>
  readonly lossPico: number
  readonly utilityBeforePico: number
  readonly utilityAfterPico: number
  readonly contributions: readonly SiloContribution[]
  /** True when no further round follows. */
  readonly last: boolean
}

/** Every control message. */
export type Message = StatisticsOpen | RoundOpen | UpdateReady | Receipt | RoundResult

/** A message as it travels: canonical DAG-CBOR of the message, the sender's ed25519 public key, and its signature. */
export type SignedMessage<M extends Message = Message> = {
  readonly message: M
  readonly sender: PeerIdText
  /** The sender's raw 32-byte ed25519 public key. */
  readonly key: Uint8Array
  /** Canonical bytes that were signed over. */
  readonly payload: Uint8Array
  readonly signature: Uint8Array
}

/** What a validator says of a network input; reject means that the peer is at fault. */
export type Verdict<Code extends string = string> =
  | { readonly action: 'accept' }
  | { readonly action: 'ignore' | 'reject'; readonly code: Code }
