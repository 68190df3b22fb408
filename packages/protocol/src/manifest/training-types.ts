/** How the learning rate falls from round to round; round 1 has the plan's own. */
export type RateSchedule =
  /** times `factor` after every `rounds` rounds. */
  | { readonly kind: 'step'; readonly rounds: number; readonly factor: number }
  /** Down to `least` of the plan's rate in the last round along half a cosine (Loshchilov & Hutter 2017). */
  | { readonly kind: 'cosine'; readonly least: number }

/** Local training, the same at every silo. */
export type TrainingPlan = {
  /** Adam's moments begin anew each round; AdamW takes weightDecay off the weights themselves (Loshchilov & Hutter 2019). */
  readonly optimizer: 'sgd' | 'adam' | 'adamw' | 'rmsprop'
  readonly learningRate: number
  readonly schedule?: RateSchedule
  /** Of SGD. @default 0 */
  readonly momentum?: number
  /** @default 0 */
  readonly weightDecay?: number
  readonly batchSize: number
  /** Passes over the rows in one round; either this or `steps`. */
  readonly epochs?: number
  /** Batches in one round, over as many passes as it takes. */
  readonly steps?: number
  /** Largest L2 norm of one batch's gradient; absent: no clipping. */
  readonly clipNorm?: number
  /** Loss of a regression. @default 'mse' */
  readonly loss?: 'mse' | 'mae' | 'huber'
  /** Weight of each class in the loss; `balanced`: rows / (classes x rows of the class), by a silo's own rows. */
  readonly classWeights?: readonly number[] | 'balanced'
  /** Keeps the epoch that was best on a part of the silo's own rows, and stops `patience` epochs after it. */
  readonly earlyStop?: { readonly share: number; readonly patience: number }
}
