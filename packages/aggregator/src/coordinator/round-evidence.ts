import { type BlobRef, parseCid } from '@fednode/protocol'
import { EVIDENCE_VERSION, type Evidence, UTILITY_TOLERANCE_PICO } from '../evidence/evidence.ts'
import type { OpenRound } from '../journal/rounds.ts'
import type { JournaledUpdate } from '../journal/updates.ts'
import type { Run } from './coordinator.ts'

/** The part of a round's evidence that does not depend on what came out of it. */
export function evidenceOf(
  run: Run,
  open: OpenRound,
  parts: { readonly model: BlobRef; readonly updates: readonly JournaledUpdate[] },
): Omit<Evidence, 'utilitiesPico' | 'shapleyPico' | 'shares' | 'voidReason'> {
  const { options, deps, state } = run
  const { manifest } = options
  const { indexes } = placesOf(run, parts.updates)
  return {
    version: EVIDENCE_VERSION,
    manifest: options.manifestCid,
    chainId: options.chainId,
    scenario: options.scenario,
    term: state.term,
    round: open.round,
    base: open.base,
    model: parts.model,
    strategy: manifest.strategy,
    estimator: manifest.contribution.estimator,
    utility: manifest.contribution.utility,
    validation: parseCid(manifest.contribution.validation),
    backend: deps.engine.backend,
    tolerancePico: UTILITY_TOLERANCE_PICO,
    silos: parts.updates.map(({ silo, samples, update, announcement, receipt }, i) => ({
      ...{ silo, samples, update, announcement, receipt },
      index: indexes[i] ?? 0,
    })),
  }
}

/** Which client of the Scenario each update belongs to, and how many clients there are. */
export function placesOf(
  { deps }: Run,
  updates: readonly JournaledUpdate[],
): { readonly indexes: readonly number[]; readonly clients: number } {
  const members = deps.registry.members()
  const indexOf = new Map(members.map(({ name, index }) => [name, index]))
  return {
    indexes: updates.map(({ silo }) => indexOf.get(silo) ?? Number.NaN),
    clients: deps.registry.clientCount,
  }
}
