import type { AllianceVerdict } from '@fednode/contracts'

/** What a node of an alliance does and sees, for its view. Stake and rewards in wei, as decimal text. */
export type AllianceEvent =
  | { readonly type: 'listening'; readonly peerId: string; readonly addresses: readonly string[] }
  | { readonly type: 'joined'; readonly account: string; readonly stake: string }
  | { readonly type: 'waiting'; readonly for: 'participants' | 'round' | 'beacon' | 'chain' }
  | {
      readonly type: 'drawn'
      readonly round: number
      readonly role: 'proposer' | 'voter' | 'none'
    }
  | {
      readonly type: 'training'
      readonly round: number
      readonly done: number
      readonly total: number
      readonly loss: number
    }
  | { readonly type: 'contributed'; readonly round: number; readonly digest: string }
  | {
      readonly type: 'voted'
      readonly round: number
      readonly digest: string
      readonly score: 1 | -1
      readonly approved: number
      readonly contributions: number
      readonly lossBefore: number
      readonly lossAfter: number
    }
  | { readonly type: 'revealed'; readonly round: number }
  | { readonly type: 'advanced'; readonly round: number; readonly phase: string }
  /** It was drawn, and did not do this in time: that costs stake. */
  | {
      readonly type: 'missed'
      readonly round: number
      readonly duty: 'contribution' | 'vote' | 'reveal'
    }
  | {
      readonly type: 'settled'
      readonly round: number
      readonly verdict: AllianceVerdict
      readonly model: string
    }
  | { readonly type: 'stake-low'; readonly stake: string; readonly least: string }
  | { readonly type: 'gas-low'; readonly balance: string }
  | { readonly type: 'trouble'; readonly code: string; readonly reason: string }
  | { readonly type: 'claimed'; readonly amount: string }
  | { readonly type: 'finished'; readonly model?: string }
