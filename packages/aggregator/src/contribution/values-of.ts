import { fromPico, sharesOf, toPico } from '@fednode/protocol'
import { exactShapley } from './exact-shapley.ts'

/** Values and pay of one round, both from quantised utilities only. */
export type CoalitionValues = {
  /** In the utility's unit, in the order of the coalition's bits; sums to u(all) - u(none) within 1e-9. */
  readonly shapley: readonly number[]
  /** The same in 1e-12, as announced and anchored. */
  readonly shapleyPico: readonly number[]
  /** Of the pot, one per silo, 1e9 in all; all zero when nobody has a positive value. */
  readonly shares: readonly number[]
}

/**
 * Exact Shapley values and shares from the utilities as they stand in the evidence: the one computation that both the aggregator and
 * whoever checks it run, so that they agree to the last bit.
 * @param utilitiesPico - length 2^silos, index is the bit set.
 * @throws {AggregatorError} as exactShapley.
 */
export function valuesOf(silos: number, utilitiesPico: readonly number[]): CoalitionValues {
  const shapley = [...exactShapley(silos, Float64Array.from(utilitiesPico, fromPico))]
  const shapleyPico = shapley.map(toPico)
  return { shapley, shapleyPico, shares: sharesOf(shapleyPico) }
}

/** Spreads the silos' shares over all clients of the Scenario, in index order; who took no part gets nothing. */
export function sharesByClient(
  shares: readonly number[],
  options: { readonly indexes: readonly number[]; readonly clients: number },
): readonly number[] {
  const result = new Array<number>(options.clients).fill(0)
  for (const [position, index] of options.indexes.entries()) result[index] = shares[position] ?? 0
  return result
}
