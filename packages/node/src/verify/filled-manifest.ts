import { type Evidence, roundOpenIn } from '@fednode/aggregator'
import { fillData, type Manifest, parsePreprocessing } from '@fednode/protocol'
import type { BlobSource } from './blob-source.ts'

/**
 * The manifest with the schema by which the rows of a round were read: what the statistics step gave is in it.
 * @returns undefined when the round's opening names no pooled statistics though the manifest asks for some.
 * @throws {BlobError} when nobody has them. @throws {PreprocessingError} when they are not of this manifest.
 */
export async function filledManifest(
  manifest: Manifest,
  evidence: Evidence,
  source: Pick<BlobSource, 'get'>,
): Promise<Manifest | undefined> {
  if (manifest.preprocessing === undefined) return manifest
  const ref = roundOpenIn(evidence)?.preprocessing
  if (ref === undefined) return undefined
  const of = { manifest, manifestCid: evidence.manifest }
  return { ...manifest, data: fillData(manifest, parsePreprocessing(await source.get(ref), of)) }
}
