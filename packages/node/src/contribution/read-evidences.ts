import path from 'node:path'
import { type Evidence, parseEvidence, type RoundRecord } from '@fednode/aggregator'
import { BlobError, readStoredBlob, UserError } from '@fednode/protocol'

/**
 * The bundles of some rounds, in their order, from the directory that an aggregator keeps of a federation.
 * @throws {UserError} NO_EVIDENCE when a bundle is not there. {BlobError} BLOB_CORRUPT. {EvidenceError} EVIDENCE_MALFORMED.
 */
export function readEvidences(
  directory: string,
  records: readonly RoundRecord[],
): Promise<readonly Evidence[]> {
  return Promise.all(records.map((record) => readEvidence(path.join(directory, 'blobs'), record)))
}

async function readEvidence(blobs: string, { round, evidenceCid }: RoundRecord): Promise<Evidence> {
  try {
    return parseEvidence(await readStoredBlob(blobs, evidenceCid))
  } catch (error) {
    if (!(error instanceof BlobError) || error.code !== 'BLOB_NOT_FOUND') throw error
    throw new UserError(
      'data',
      `the evidence of round ${round}, ${evidenceCid}, is not in ${blobs}`,
      {
        code: 'NO_EVIDENCE',
        hint: 'Only the directory of the aggregator has it; restore its blobs from a backup.',
        cause: error,
      },
    )
  }
}
