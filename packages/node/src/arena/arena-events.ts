import type { ArenaStep } from './next-step.ts'

/** What a member of a task does and sees, for its view. Stake and rewards in wei, as decimal text. */
export type ArenaEvent =
  | { readonly type: 'listening'; readonly peerId: string; readonly addresses: readonly string[] }
  | {
      readonly type: 'joined'
      readonly account: string
      readonly role: 'node' | 'validator'
      readonly stake: string
    }
  | {
      readonly type: 'waiting'
      readonly for: 'round' | 'beacon' | 'votes'
      readonly round: number
    }
  | {
      readonly type: 'training'
      readonly round: number
      readonly done: number
      readonly total: number
      readonly loss: number
    }
  | { readonly type: 'submitted'; readonly round: number; readonly digest: `0x${string}` }
  | { readonly type: 'drawn'; readonly round: number; readonly models: readonly number[] }
  | {
      readonly type: 'scored'
      readonly round: number
      readonly model: number
      readonly node: string
      readonly score: number
      /** Absent for a model that did not come, or is not what it has to be. */
      readonly value?: number
    }
  | { readonly type: 'committed'; readonly round: number }
  | { readonly type: 'revealed'; readonly round: number }
  | { readonly type: 'advanced'; readonly round: number; readonly step: ArenaStep }
  | { readonly type: 'punished'; readonly round: number; readonly seat: number }
  /** A validator was drawn, and did not do this in time: that costs stake. */
  | { readonly type: 'missed'; readonly round: number; readonly duty: 'vote' | 'reveal' }
  | {
      readonly type: 'ended'
      readonly round: number
      readonly result: 'counted' | 'void'
      /** Of a node: its place, 1 for the best, and the consensus about its model. */
      readonly place?: number
      readonly score?: number
      readonly reward: string
    }
  | { readonly type: 'gas-low'; readonly balance: string }
  | { readonly type: 'trouble'; readonly code: string; readonly reason: string }
  | { readonly type: 'claimed'; readonly amount: string }
  | {
      readonly type: 'finished'
      readonly earned: string
      /** Of that, what has not vested yet. */
      readonly waiting: string
    }
