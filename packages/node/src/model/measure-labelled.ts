import { type Engine, loadTrainingRows, type Metrics, type RowRoom } from '@fednode/engine'
import { FedError, modelSpecOf } from '@fednode/protocol'
import type { FoundModel } from './found-model.ts'

/** How good a model is on rows whose answers are known, or why that cannot be said. */
export type Measured =
  | { readonly rows: number; readonly loss: number; readonly metrics: Metrics }
  | { readonly unmeasured: string }

/** Evaluates a model on a file, where that has the label too. */
export async function measureLabelled(
  { manifest, data, weights }: FoundModel,
  {
    source,
    room,
    engine,
  }: { readonly source: string; readonly room: RowRoom; readonly engine: Engine },
): Promise<Measured> {
  try {
    const { dataset } = await loadTrainingRows(source, data, room)
    const { loss, metrics } = engine.evaluate(modelSpecOf(manifest), weights, dataset)
    return { rows: dataset.count, loss, metrics }
  } catch (error) {
    // Predictions need no label: whatever is wrong with it is no reason to fail.
    if (error instanceof FedError) return { unmeasured: error.message }
    throw error
  }
}
