import type { Gram } from './strategy.ts'
import type { AggregationInput } from './types.ts'

/** The input of a coalition: some of the updates, with the state that the round began with. */
export function restrictInput(
  input: AggregationInput,
  members: readonly number[],
): AggregationInput {
  return { ...input, updates: members.flatMap((i) => input.updates[i] ?? []) }
}

/** The inner products of a coalition's rows; those that are no silo's (from `silos` on) belong to every coalition. */
export function restrictGram(gram: Gram, members: readonly number[], silos: number): Gram {
  const rowOf = (i: number): number => members[i] ?? silos + i - members.length
  return (i, j) => gram(rowOf(i), rowOf(j))
}
