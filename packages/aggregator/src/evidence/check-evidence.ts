import {
  cidOfObject,
  decodeManifest,
  type Manifest,
  ManifestError,
  type PeerIdText,
  type SiloName,
} from '@fednode/protocol'
import { localSteps } from '../assessment/update-sources.ts'
import { checkRandomness } from './check-randomness.ts'
import { checkSample } from './check-sample.ts'
import { checkSignatures } from './check-signatures.ts'
import { checkValues } from './check-values.ts'
import type { Evidence } from './evidence.ts'
import type { EvidenceFault } from './evidence-fault.ts'

/** Who may have signed what, and who is paid under which index: from the registry. */
export type EvidenceSigners = {
  readonly federator: PeerIdText
  memberOf(silo: SiloName): { readonly peerId: PeerIdText; readonly index: number } | undefined
  /** Indexes of the clients whose binding does not hold, ascending; absent where no registry was asked. */
  readonly ignored?: readonly number[]
  /** Clients that took part in rounds when a block was the newest; absent where the chain was not asked. */
  readonly clientsAt?: (block: number) => number
}

/**
 * Checks a bundle against itself and the registry, without touching a model: the round was opened with this base and commitment, every
 * update was announced by its silo and receipted by the federator for this very round, and the estimator, run again on the stated
 * utilities with the revealed seed, gives the stated values, errors and shares bit for bit (T35).
 * @returns what does not hold; empty when all does.
 */
export async function checkEvidence(
  evidence: Evidence,
  signers: EvidenceSigners,
): Promise<readonly EvidenceFault[]> {
  const manifest = manifestOf(evidence)
  const apart = [
    ...checkOrder(evidence),
    ...checkMembers(evidence, signers),
    ...checkSignatures(evidence, signers),
    ...checkRandomness(evidence),
  ]
  if (manifest === undefined) return [{ code: 'BAD_MANIFEST' }, ...apart]
  return [
    ...apart,
    ...checkSteps(evidence, manifest),
    ...checkSample(evidence, { manifest, signers }),
    ...(await checkValues(evidence, manifest)),
  ]
}

/** The manifest inside a bundle; undefined unless it is the one that the bundle names. */
export function manifestOf({ manifest, manifestBytes }: Evidence): Manifest | undefined {
  if (cidOfObject(manifestBytes) !== manifest) return undefined
  try {
    return decodeManifest(manifestBytes)
  } catch (error) {
    if (error instanceof ManifestError) return undefined
    throw error
  }
}

function checkOrder({ silos, stateBefore, stateAfter }: Evidence): EvidenceFault[] {
  const isSorted = isAscending(silos.map(({ silo }) => silo))
  const isStateSorted = [stateBefore, stateAfter].every((state) =>
    isAscending(state.map(({ name }) => name)),
  )
  return [
    ...(isSorted ? [] : [{ code: 'SILOS_UNSORTED' } as const]),
    ...(isStateSorted ? [] : [{ code: 'BAD_STATE' } as const]),
  ]
}

function isAscending(names: readonly string[]): boolean {
  return names.every((name, i) => i === 0 || (names[i - 1] ?? '') < name)
}

function checkMembers({ silos, shares }: Evidence, signers: EvidenceSigners): EvidenceFault[] {
  const indexes = new Set<number>()
  return silos.flatMap(({ silo, index }) => {
    const isOwn = signers.memberOf(silo)?.index === index
    const isFirst = !indexes.has(index)
    indexes.add(index)
    return isOwn && isFirst && index < shares.length ? [] : [{ code: 'BAD_INDEX', silo } as const]
  })
}

function checkSteps({ silos }: Evidence, { training }: Manifest): EvidenceFault[] {
  return silos.flatMap(({ silo, samples, steps }) => {
    const expected = localSteps(training, samples)
    if (steps === expected) return []
    return [{ code: 'BAD_STEPS', silo, detail: `${steps}, not ${expected}` } as const]
  })
}
