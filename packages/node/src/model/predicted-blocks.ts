import { type Engine, type LoadedFeatures, sliceFeatures } from '@fednode/engine'
import { type DataSpec, modelSpecOf } from '@fednode/protocol'
import type { FoundModel } from './found-model.ts'

/** Rows that are predicted at once: of all others nothing is in memory but where they are in a file. */
const BLOCK_ROWS = 16_384

/**
 * What a model says of rows, as Engine.predict gives it, block after block in the order of the rows.
 * @throws {EngineError} as Engine.predict, while it is asked for them.
 */
export function* predictedBlocks(
  engine: Engine,
  { manifest, data, weights }: Pick<FoundModel, 'manifest' | 'data' | 'weights'>,
  { rows, changesFrom }: Pick<LoadedFeatures, 'rows' | 'changesFrom'>,
): Generator<Float64Array, void, undefined> {
  const model = modelSpecOf(manifest)
  const scale = scaleOf(data)
  for (let start = 0; start < rows.count; start += BLOCK_ROWS) {
    const end = Math.min(rows.count, start + BLOCK_ROWS)
    const values = engine.predict(model, weights, sliceFeatures(rows, { start, end }), scale)
    yield changesFrom === undefined
      ? values
      : values.map((value, row) => value + (changesFrom[start + row] as number))
  }
}

/** Of what the model predicts, where that is a number. */
function scaleOf(
  data: DataSpec,
): { readonly mean: number; readonly deviation: number } | undefined {
  if (data.kind === 'array' || data.label === undefined) return undefined
  const scale = 'scale' in data.label ? data.label.scale : undefined
  if (data.kind !== 'series' || data.changeScale === undefined) return scale
  return { mean: 0, deviation: data.changeScale * (scale?.deviation ?? 1) }
}
