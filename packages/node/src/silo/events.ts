import type { Metrics } from '@fednode/engine'
import type { Cid, PeerIdText, RefusalCode } from '@fednode/protocol'
import type { LeftOut } from './why-left-out.ts'

/** What a silo tells whoever watches it: one NDJSON line each with --json, words on a terminal. */
export type SiloEvent =
  | {
      readonly type: 'listening'
      readonly peerId: PeerIdText
      readonly addresses: readonly string[]
    }
  | { readonly type: 'registered'; readonly index: number; readonly token: `0x${string}` }
  | { readonly type: 'waiting'; readonly for: 'registration' | 'aggregator' | 'round' }
  /** Statistics of these columns were kept, to leave once, before round 1. */
  | {
      readonly type: 'statistics'
      readonly columns: readonly string[]
      readonly label: boolean
      readonly bytes: number
    }
  | { readonly type: 'round-open'; readonly round: number; readonly rounds: number }
  /** This silo was not drawn for the round: it waits for the next one. */
  | { readonly type: 'not-drawn'; readonly round: number }
  | {
      readonly type: 'training'
      readonly round: number
      /** Batches. */
      readonly done: number
      readonly total: number
      readonly loss: number
    }
  /** Training of this round failed: code and message of the EngineError, which names the step; the silo goes on with the next one. */
  | {
      readonly type: 'skipped'
      readonly round: number
      readonly code: string
      readonly reason: string
    }
  | {
      readonly type: 'sent'
      readonly round: number
      readonly update: Cid
      readonly bytes: number
      readonly trainMs: number
    }
  | {
      readonly type: 'receipt'
      readonly round: number
      readonly accepted: boolean
      readonly code?: RefusalCode
    }
  | {
      readonly type: 'round-result'
      readonly round: number
      readonly metrics: Metrics
      readonly loss: number
      readonly shapley: number
      /** Of the round's pot, 0 to 1. */
      readonly share: number
      readonly last: boolean
    }
  /** The round counted others and not this silo, though it took part. */
  | { readonly type: 'left-out'; readonly round: number; readonly why: LeftOut }
  /** The round was opened from an older model than the silo has a result of: not trained, see goesBack. */
  | { readonly type: 'gone-back'; readonly round: number }
  /** The chain has another outcome of the round than the aggregator told this silo (T11). */
  | { readonly type: 'other-anchor'; readonly round: number }
  /** The trained model lies at `model`; absent when it could not be fetched any more. */
  | { readonly type: 'finished'; readonly model?: string }
