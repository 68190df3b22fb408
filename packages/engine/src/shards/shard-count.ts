import type { LayerPlan } from '../models/layer-plan.ts'
import type { GradientWork } from '../models/loss-gradient.ts'
import { multiplicationsOf } from '../models/multiplications.ts'

/** Every shard costs one addition for each weight. Where weights are too many for a processor's caches, it takes so many multiplications for each to make that little. */
const MULTIPLICATIONS_PER_WEIGHT = 224
const CACHED_WEIGHTS = 262_144
/** Of a shard, for each layer: some ten milliseconds, that make it little to call operations once more and to tell another thread. */
const MULTIPLICATIONS_PER_LAYER = 16_777_216
/** A shard's gradients take as much memory as the weights. */
const MAX_SHARDS = 8

/**
 * Into how many shards a batch is cut, whose gradients are computed one by one, or by one thread each, and then added in order. It follows
 * from the number of rows and the model alone, never from the machine: a training gives the same bits with any number of threads.
 * A power of two; 1 where shards would make one thread slower by more than a few percent, on every back end but wasm, and for the loss of
 * risks, which is no sum over rows.
 */
export function shardCount(
  { model, backend }: Pick<GradientWork, 'model' | 'backend'>,
  rows: number,
): number {
  if (backend !== 'wasm' || model.objective.kind === 'risk') return 1
  const perRow = multiplicationsOf(model.layers).reduce((sum, one) => sum + one, 0)
  const perShard = Math.max(
    model.size > CACHED_WEIGHTS ? MULTIPLICATIONS_PER_WEIGHT * model.size : 0,
    MULTIPLICATIONS_PER_LAYER * model.layers.reduce((sum, layer) => sum + callsOf(layer), 0),
  )
  let shards = 1
  while (shards < MAX_SHARDS && rows * perRow >= 2 * shards * perShard) shards *= 2
  return shards
}

/** How often a layer's operations are called for one batch. */
function callsOf({ spec, input }: LayerPlan): number {
  return spec.className === 'LSTM' || spec.className === 'GRU' ? (input[0] as number) : 1
}
