import { fromPico, type SiloName } from '@fednode/protocol'
import { comFedSv, type RecordedRound } from '../contribution/retrospective/comfedsv.ts'
import { decodeCoalitions } from './coalition-bytes.ts'
import type { Evidence } from './evidence.ts'

/** What one silo would have been worth, had all taken part in every measured round. */
export type CompletedValue = {
  readonly silo: SiloName
  /** Measured rounds that it took part in. */
  readonly rounds: number
  /** In the utility's unit, over all measured rounds. */
  readonly value: number
}

/**
 * ComFedSV of a federation, from the bundles of its rounds alone; rounds in which nothing was measured do not count.
 * @returns by ascending name; empty when no round was measured.
 * @throws {AggregatorError} TOO_MANY_SILOS, COALITIONS_UNKNOWN. {EvidenceError} EVIDENCE_MALFORMED.
 */
export function comFedSvOf(evidences: readonly Evidence[]): readonly CompletedValue[] {
  const measured = evidences.filter(({ coalitions }) => coalitions.length > 0)
  if (measured.length === 0) return []
  const names = [...new Set(measured.flatMap(({ silos }) => silos.map(({ silo }) => silo)))].sort()
  const values = comFedSv(
    measured.map((evidence) => roundOf(evidence, names)),
    names.length,
  )
  return names.map((silo, index) => ({
    silo,
    rounds: measured.filter(({ silos }) => silos.some((one) => one.silo === silo)).length,
    value: values[index] ?? 0,
  }))
}

/** The round's coalitions as sets of all silos. */
function roundOf(
  { silos, coalitions, utilitiesPico }: Evidence,
  names: readonly SiloName[],
): RecordedRound {
  const bits = silos.map(({ silo }) => 1n << BigInt(names.indexOf(silo)))
  const widen = (coalition: bigint): bigint =>
    bits.reduce((all, bit, i) => ((coalition >> BigInt(i)) & 1n ? all | bit : all), 0n)
  return decodeCoalitions(coalitions, silos.length).map((coalition, at) => ({
    coalition: widen(coalition),
    utility: fromPico(utilitiesPico[at] ?? 0),
  }))
}
