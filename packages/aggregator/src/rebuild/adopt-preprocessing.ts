import { type BlobRef, fillData, type Message, parsePreprocessing } from '@fednode/protocol'
import { roundOpenIn } from '../evidence/check-randomness.ts'
import type { FoundRound } from './find-rounds.ts'
import { contradiction, incomplete } from './rebuild-error.ts'
import type { RebuildParts } from './rebuild-parts.ts'

/**
 * Takes over what the statistics step of another aggregator gave: its rounds were measured, and go on, by these scales.
 * @returns the parts with the held-out rows as they were read then; as they are where there was no such step yet.
 * @throws {UserError} REBUILD_INCOMPLETE (network), REBUILD_CONTRADICTION (refused). @throws {PreprocessingError}
 */
export async function adoptPreprocessing(
  parts: RebuildParts,
  { told, found }: { readonly told: readonly Message[]; readonly found: readonly FoundRound[] },
): Promise<RebuildParts> {
  const { manifest, manifestCid, blobs, journal, source, loadValidation } = parts
  if (manifest.preprocessing === undefined || loadValidation === undefined) return parts
  const ref = journal.preprocessing() ?? namedIn(found, told)
  if (ref === undefined) return parts
  if (!(await blobs.has(ref.cid)) && !(await source.fetch(ref, 'model'))) {
    throw incomplete([{ round: 1, kind: 'model', ref }])
  }
  journal.savePreprocessing(ref)
  const pooled = parsePreprocessing(await blobs.get(ref.cid), { manifest, manifestCid })
  return { ...parts, validation: await loadValidation(fillData(manifest, pooled)) }
}

/** All openings of a federation name the same. */
function namedIn(found: readonly FoundRound[], told: readonly Message[]): BlobRef | undefined {
  const openings = [
    ...found.map(({ evidence }) => roundOpenIn(evidence)),
    ...told.filter((message) => message.type === 'round-open'),
  ]
  const refs = openings.flatMap((open) => open?.preprocessing ?? [])
  const [first] = refs
  const other = openings.find((open) => open && open.preprocessing?.cid !== first?.cid)
  if (other !== undefined) throw contradiction(other.round, 'it was opened with other statistics')
  return first
}
