import type { Round, Weights } from '@fednode/protocol'

/** What a silo has when its local training is done. */
export type HonestUpdate = {
  readonly round: Round
  /** The round's global model. */
  readonly base: Weights
  readonly trained: Weights
}

/** Changes an update after training and before it is stored; only simulated attackers have one (`join --simulate-attack`). */
export type SpoilUpdate = (honest: HonestUpdate, signal: AbortSignal) => Promise<Weights>
