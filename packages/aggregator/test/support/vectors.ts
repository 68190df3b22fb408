import type { SiloName } from '@fednode/protocol'
import { memorySource } from '../../src/assessment/vector-pool.ts'
import type {
  AggregationInput,
  UpdateSource,
  ValueSink,
  ValueSource,
} from '../../src/strategies/types.ts'

/** A vector in memory. */
export function vector(values: ArrayLike<number>): ValueSource {
  return memorySource(Float32Array.from(values))
}

/** All values of a vector. */
export function valuesOf(source: ValueSource): Float32Array {
  const values = new Float32Array(source.length)
  source.read(0, values)
  return values
}

/** An update in memory; samples and steps are 1 unless given. */
export function update(
  silo: string,
  values: ArrayLike<number>,
  counts: { readonly samples?: number; readonly steps?: number } = {},
): UpdateSource {
  return { ...vector(values), silo: silo as SiloName, samples: 1, steps: 1, ...counts }
}

/** Input of one round; base 0, no state, unless given. */
export function roundOf(
  updates: readonly UpdateSource[],
  rest: Partial<AggregationInput> = {},
): AggregationInput {
  const base = vector(new Float32Array(updates[0]?.length ?? 0))
  return {
    base,
    updates,
    state: new Map(),
    localLearningRate: 0.1,
    clients: updates.length,
    ...rest,
  }
}

/** Keeps state vectors in memory; `state` is the next round's. */
export function keepInMemory(length: number): {
  readonly keep: (name: string) => ValueSink
  readonly state: ReadonlyMap<string, ValueSource>
} {
  const state = new Map<string, ValueSource>()
  return {
    state,
    keep: (name) => {
      const values = new Float32Array(length)
      state.set(name, memorySource(values))
      return { write: (start, slice) => values.set(slice, start) }
    },
  }
}
