import type { Cid } from '../ids.ts'
import type { Adapters } from './adaptation.ts'

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
  /** CID of the blob with the whole model to start from: canonical safetensors. Absent: drawn by the seed. */
  readonly start?: Cid
  /** Layers that stay as given, by name: "conv2d_1"; their weights never travel. */
  readonly freeze?: readonly string[]
  /** Of Dense layers, which stay as given otherwise: only the adapters are trained, and travel. */
  readonly adapters?: Adapters
  /** Layers that each silo trains for itself: their weights never leave it (FedPer, Arivazhagan et al. 2019, arXiv 1912.00818). */
  readonly personal?: readonly string[]
}
