import type { Metrics } from '@fednode/engine'
import type { BlobRef, Cid, PeerIdText, Round, SiloName } from '@fednode/protocol'
import type { Finding } from './detection/finding.ts'

/** One update that passed every check. */
export type AcceptedUpdate = {
  readonly silo: SiloName
  readonly update: BlobRef
  readonly samples: number
  readonly trainMs: number
  readonly lossMicros: number
}

/** Seconds by phase of one round. */
export type RoundSeconds = {
  readonly train: number
  readonly transfer: number
  readonly aggregate: number
  readonly assess: number
  readonly anchor: number
}

/** A finished round as journaled and as shown by `fednode run show`. */
export type RoundRecord = {
  readonly round: Round
  readonly model: BlobRef
  readonly evidence: BlobRef
  /** Vectors that the strategy carries to the next round, by name. */
  readonly strategyState: readonly { readonly name: string; readonly blob: BlobRef }[]
  /** Of the new model on all held-out rows. */
  readonly metrics: Metrics
  readonly loss: number
  readonly utilityBefore: number
  readonly utilityAfter: number
  /** What the federator brings for the round, in wei; what earlier rounds left in the pot comes on top. */
  readonly pot: bigint
  readonly contributions: readonly {
    readonly silo: SiloName
    readonly shapley: number
    readonly standardError: number
    /** Utility of the model that all the others would have made; absent where nobody measured it. */
    readonly utilityWithout?: number
    /** How much its update counted in the new model, 0 to 1; 0: the strategy left it out. */
    readonly counted?: number
    readonly share: number
  }[]
  /** Updates that add nothing of their own; absent where nobody looked. */
  readonly findings?: readonly Finding[]
  readonly updates: readonly AcceptedUpdate[]
  readonly refusals: readonly { readonly peer: PeerIdText; readonly code: string }[]
  readonly seconds: RoundSeconds
  /** Gas of all transactions of this round; 0 until anchored. */
  readonly gas: number
  readonly modelDigest: `0x${string}`
  readonly evidenceCid: Cid
  readonly state: 'assessed' | 'anchored' | 'final' | 'void'
}

/** What the coordinator tells whoever watches (terminal, JSON lines). */
export type CoordinatorEvent =
  | { readonly type: 'listening'; readonly addresses: readonly string[] }
  | {
      readonly type: 'waiting'
      readonly for: 'chain' | 'registration' | 'market' | 'resume' | 'silos' | 'lease'
      readonly detail: string
    }
  /** A standby has all of the leader's rounds up to this one. */
  | { readonly type: 'following'; readonly term: number; readonly round: Round }
  /** Rounds that another aggregator led were taken over from peers; `missingUpdates`: of them that nobody keeps any more. */
  | { readonly type: 'rebuilt'; readonly rounds: number; readonly missingUpdates: number }
  | { readonly type: 'round-open'; readonly round: Round; readonly rounds: number }
  | {
      readonly type: 'update'
      readonly round: Round
      readonly silo: SiloName
      readonly received: number
      readonly expected: number
    }
  | {
      readonly type: 'refused'
      readonly round: Round
      readonly silo: string
      readonly code: string
    }
  /** `evaluated`: coalitions whose models were evaluated so far. */
  | { readonly type: 'assessing'; readonly round: Round; readonly evaluated: number }
  | { readonly type: 'round-closed'; readonly record: RoundRecord }
  | {
      readonly type: 'anchored'
      readonly round: Round
      readonly step: 'fund' | 'assert' | 'finalize' | 'void'
      readonly gas: number
    }
  /** A step on the chain failed and is tried again; training goes on meanwhile. */
  | {
      readonly type: 'chain-delayed'
      readonly round: Round
      readonly step: 'fund' | 'assert' | 'finalize' | 'void'
      readonly code: string
      readonly detail: string
      readonly retryInMs: number
      /** Another cause than at the try before, or one that goes on for ten minutes more. */
      readonly isNews: boolean
    }
  | { readonly type: 'finished'; readonly rounds: number }
