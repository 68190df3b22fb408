import { mkdirSync } from 'node:fs'
import path from 'node:path'
import {
  acquireDirectoryLock,
  type Evidence,
  encodeCoalitions,
  encodeEvidence,
  type RecomputedRound,
} from '@fednode/aggregator'
import { blobFileName, type Cid, createBlobStore, UserError } from '@fednode/protocol'
import { scenarioPaths } from '../runtime/scenario-directory.ts'
import { verifyDirectory } from './open-source.ts'
import type { Verification } from './verify-scenario.ts'

const PRIVATE_DIRECTORY = 0o700

/** The bundle that this side stands by, and where it lies. */
export type OwnEvidence = { readonly cid: Cid; readonly file: string }

/**
 * Stores the bundle of a round as this machine made it again; as it was found where it could not be made again.
 * @throws {UserError} network EVIDENCE_UNAVAILABLE when there is none to stand by.
 */
export async function storeOwnEvidence(
  { rounds, scenario }: Verification,
  where: { readonly directory: string; readonly round: number },
): Promise<OwnEvidence> {
  const verdict = rounds.find(({ round }) => round === where.round)
  if (verdict === undefined) {
    throw new UserError('network', `there is no evidence of round ${where.round} to stand by`, {
      code: 'EVIDENCE_UNAVAILABLE',
      hint: 'A dispute points at what this side computed; without evidence there is nothing to compute.',
    })
  }
  const { evidence, recomputation } = verdict
  const made = recomputation?.round
  const own = made === undefined ? evidence : remade(evidence, made)
  const directory = verifyDirectory(scenarioPaths(where.directory, scenario))
  const blobs = path.join(directory, 'blobs')
  mkdirSync(blobs, { recursive: true, mode: PRIVATE_DIRECTORY })
  const lock = acquireDirectoryLock(directory)
  try {
    const { cid } = await createBlobStore(blobs).put(encodeEvidence(own))
    return { cid, file: path.join(blobs, blobFileName(cid)) }
  } finally {
    lock.release()
  }
}

/** A bundle with what came out here in place of what was stated. */
function remade(evidence: Evidence, made: RecomputedRound): Evidence {
  const { measured, valuesPico, standardErrorsPico, evaluations, stoppedBy } = made.assessment
  const { voidReason: _, classesPico: __, ...rest } = evidence
  const classes = measured.flatMap(({ classesPico }) => (classesPico ? [[...classesPico]] : []))
  return {
    ...rest,
    model: made.model,
    stateAfter: [...made.stateAfter],
    countedPico: [...made.countedPico],
    findings: [...made.findings],
    evaluations,
    // Time that ran out then is why it ended where it did.
    stoppedBy: evidence.stoppedBy === 'seconds' ? 'seconds' : stoppedBy,
    coalitions: encodeCoalitions(
      measured.map(({ coalition }) => coalition),
      evidence.silos.length,
    ),
    utilitiesPico: measured.map(({ utilityPico }) => utilityPico),
    ...(classes.length === 0 ? {} : { classesPico: classes }),
    valuesPico: [...valuesPico],
    standardErrorsPico: [...standardErrorsPico],
    shares: [...made.shares],
    ...(made.shares.every((share) => share === 0) ? { voidReason: 'NO_GAIN' as const } : {}),
  }
}
