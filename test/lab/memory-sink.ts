import type { ValueSink } from '../../packages/aggregator/src/index.ts'

/** Takes what a strategy keeps for the next round into `values`. */
export function memorySink(values: Float32Array): ValueSink {
  return { write: (start, from) => values.set(from, start) }
}
