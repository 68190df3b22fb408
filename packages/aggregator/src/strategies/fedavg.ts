import { type WeightedUpdate, weightedMean } from '@fednode/engine'
import type { SiloName, Weights } from '@fednode/protocol'

/**
 * Weighted mean of the silos' weights (FedAvg, McMahan et al. 2017, Algorithm 1). Order does not matter: sums run in f64 in ascending
 * silo name order, so that everybody who recomputes gets the same bits.
 * @param updates - at least one, of one model; `weight` is positive, see weightOf.
 * @returns new weights, each element rounded once; inputs are not mutated.
 * @throws {EngineError} as weightedMean.
 */
export function fedavg(
  updates: readonly (WeightedUpdate & { readonly silo: SiloName })[],
): Weights {
  return weightedMean(updates.toSorted((a, b) => (a.silo < b.silo ? -1 : 1)))
}
