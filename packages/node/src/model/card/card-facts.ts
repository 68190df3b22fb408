import type { Metrics } from '@fednode/engine'
import type { Cid, UpdateReady } from '@fednode/protocol'
import type { Total } from '../../contribution/total-of.ts'
import type { KeptModel } from '../find-kept-model.ts'

/** One round as a card tells it. */
export type CardRound = {
  readonly round: number
  readonly metrics: Metrics
  readonly loss: number
  readonly model: Cid
  /** Absent in journals of older versions. */
  readonly evidence?: Cid
}

/** One silo as the evidence of the rounds names it. */
export type CardSilo = {
  readonly silo: string
  /** Rounds whose updates were its. */
  readonly rounds: number
  /** Rows that it stated last. */
  readonly samples: number
  /** What it stated last of a global model on rows of its own, and in which round; absent where it stated nothing. */
  readonly measured?: {
    readonly round: number
    readonly metrics: NonNullable<UpdateReady['metrics']>
  }
  readonly total: Pick<Total, 'value' | 'standardError' | 'share'>
}

/** Everything that a card tells. */
export type CardFacts = {
  readonly found: KeptModel
  /** Up to that of the model, oldest first. */
  readonly rounds: readonly CardRound[]
  /** By name. */
  readonly silos: readonly CardSilo[]
  /** Rounds whose evidence is not in this directory: what silos did in them is missing above. */
  readonly withoutEvidence: readonly number[]
}
