import { sharesByClient, valuesOf } from '../contribution/values-of.ts'
import type { Evidence } from './evidence.ts'

/**
 * Values and shares as they follow from the bundle's own utilities (T35); compare them with what it states and with the shares that
 * were anchored. A void round pays nobody.
 * @throws {AggregatorError} UTILITIES_LENGTH, TOO_MANY_SILOS.
 */
export function recomputeShares(evidence: Evidence): {
  readonly shapleyPico: readonly number[]
  readonly shares: readonly number[]
} {
  const clients = evidence.shares.length
  if (evidence.voidReason !== undefined) {
    return {
      shapleyPico: evidence.silos.map(() => 0),
      shares: new Array<number>(clients).fill(0),
    }
  }
  const { shapleyPico, shares } = valuesOf(evidence.silos.length, evidence.utilitiesPico)
  const indexes = evidence.silos.map(({ index }) => index)
  return { shapleyPico, shares: sharesByClient(shares, { indexes, clients }) }
}
