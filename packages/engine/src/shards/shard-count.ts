import { writtenLayers } from '../models/create-gradient.ts'
import type { LayerPlan } from '../models/layer-plan.ts'
import type { GradientWork } from '../models/loss-gradient.ts'
import { multiplicationsOf } from '../models/multiplications.ts'

/** Every shard costs one addition for each weight; with so many multiplications for each it costs no more than 3 percent. */
const MULTIPLICATIONS_PER_WEIGHT = 128
/** What it costs to call a layer's operations once more than a batch needs, in multiplications; thirty times as much by automatic differentiation. */
const MULTIPLICATIONS_PER_LAYER = { written: 8_388_608, differentiated: 16_777_216 }
/** A shard's gradients take as much memory as the weights. */
const MAX_SHARDS = 8

/**
 * Into how many shards a batch is cut, whose gradients are computed one by one, or by one thread each, and then added in order. It follows
 * from the number of rows, the model and the plan alone, never from the machine: a training gives the same bits with any number of threads.
 * A power of two; 1 where shards would make one thread slower by more than 3 percent, on every back end but wasm, and for the loss of
 * risks, which is no sum over rows.
 */
export function shardCount(
  work: Pick<GradientWork, 'model' | 'plan' | 'backend'>,
  rows: number,
): number {
  const { model, backend } = work
  if (backend !== 'wasm' || model.objective.kind === 'risk') return 1
  const perRow = multiplicationsOf(model.layers).reduce((sum, one) => sum + one, 0)
  const way = writtenLayers(work) === undefined ? 'differentiated' : 'written'
  const perShard = Math.max(
    MULTIPLICATIONS_PER_WEIGHT * model.size,
    MULTIPLICATIONS_PER_LAYER[way] * model.layers.reduce((sum, layer) => sum + callsOf(layer), 0),
  )
  let shards = 1
  while (shards < MAX_SHARDS && rows * perRow >= 2 * shards * perShard) shards *= 2
  return shards
}

/** How often a layer's operations are called for one batch. */
function callsOf({ spec, input }: LayerPlan): number {
  return spec.className === 'LSTM' || spec.className === 'GRU' ? (input[0] as number) : 1
}
