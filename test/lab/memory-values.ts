import type { ValueSink, ValueSource } from '../../packages/aggregator/src/index.ts'

/** Values in memory, as strategies read them. */
export function memorySource(values: Float32Array): ValueSource {
  return {
    length: values.length,
    read: (start, target) => target.set(values.subarray(start, start + target.length)),
  }
}

/** Takes what a strategy keeps for the next round into `values`. */
export function memorySink(values: Float32Array): ValueSink {
  return { write: (start, from) => values.set(from, start) }
}
