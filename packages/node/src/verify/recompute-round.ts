import {
  type Evidence,
  type Recomputation,
  type RecomputeDeps,
  recomputeEvidence,
} from '@fednode/aggregator'
import {
  BlobError,
  type BlobRef,
  type BlobStore,
  CodecError,
  type Manifest,
} from '@fednode/protocol'
import type { BlobSource } from './blob-source.ts'
import type { Check } from './check.ts'
import { failOf } from './evidence-checks.ts'

/** What making a round again needs; without rows or a reason to expect updates there is nothing to do. */
export type RecomputeMeans = Omit<RecomputeDeps, 'blobs'> & {
  readonly source: BlobSource
  /** Whether a missing update is the fault of whoever should have it here. */
  readonly expectsUpdates: boolean
  /** Round 1 begins with it, and nobody needs to serve it: it follows from the manifest. */
  readonly initialModel: { readonly cid: BlobRef['cid']; readonly bytes: Uint8Array }
}

/** Makes a round again and compares; says why where that is not possible. */
export async function recomputeRound(
  evidence: Evidence,
  manifest: Manifest,
  means: RecomputeMeans,
): Promise<{ readonly checks: readonly Check[]; readonly recomputation?: Recomputation }> {
  const { round } = evidence
  const { source, initialModel, ...deps } = means
  const refs = new Map(refsOf(evidence).map((ref) => [ref.cid, ref]))
  const blobs: Pick<BlobStore, 'get'> = {
    async get(cid) {
      if (cid === initialModel.cid) return initialModel.bytes
      return source.get(refs.get(cid) ?? { cid, size: 0 })
    },
  }
  try {
    const recomputation = await recomputeEvidence(evidence, manifest, { ...deps, blobs })
    const fails = recomputation.faults.map((fault) => failOf(round, 'recompute', fault))
    const pass = {
      round,
      check: 'recompute',
      status: 'PASS',
      detail: praise(evidence, means),
    } as const
    return { checks: fails.length === 0 ? [pass] : fails, recomputation }
  } catch (error) {
    return { checks: [explain(error, evidence, means)] }
  }
}

function refsOf({ base, silos, stateBefore }: Evidence): readonly BlobRef[] {
  return [base, ...silos.map(({ update }) => update), ...stateBefore.map(({ blob }) => blob)]
}

function praise(evidence: Evidence, { engine }: RecomputeMeans): string {
  if (evidence.voidReason === 'TOO_FEW_UPDATES') return 'nothing to make again'
  const { length } = evidence.utilitiesPico
  return engine.evaluationBackend === evidence.backend
    ? `same model and ${length} utilities, bit for bit (${engine.evaluationBackend})`
    : `same model, ${length} utilities within the tolerance (${engine.evaluationBackend}, was ${evidence.backend})`
}

/** A blob that this peer may not have is no fault; one that should be here, or is another, is. */
function explain(error: unknown, evidence: Evidence, { expectsUpdates }: RecomputeMeans): Check {
  const line = { round: evidence.round, check: 'recompute' } as const
  if (error instanceof CodecError) {
    const detail = `base or state are no weights of this model: ${error.message}`
    return { ...line, status: 'FAIL', code: 'BAD_BLOB', detail }
  }
  if (!(error instanceof BlobError)) throw error
  const { info } = error
  const message = `${nameOf('cid' in info ? info.cid : '', evidence)}: ${error.message}`
  if (info.code === 'BLOB_CORRUPT') {
    return { ...line, status: 'FAIL', code: 'BAD_BLOB', detail: message }
  }
  const answers = info.code === 'BLOB_UNAVAILABLE' ? Object.values(info.reasons) : []
  if (answers.includes('REFUSED') && expectsUpdates) {
    const detail = `the aggregator refuses what the manifest promises its verifiers: ${message}`
    return { ...line, status: 'FAIL', code: 'MISSING_BLOB', detail }
  }
  if (answers.includes('REFUSED')) {
    const detail =
      'updates are for the aggregator and the manifest’s contribution.verifiers; this peer is none of them'
    return { ...line, status: 'SKIP', detail }
  }
  const isMissing =
    answers.includes('NOT_FOUND') || (info.code === 'BLOB_NOT_FOUND' && expectsUpdates)
  return isMissing
    ? { ...line, status: 'FAIL', code: 'MISSING_BLOB', detail: message }
    : { ...line, status: 'SKIP', detail: `models and updates are not at hand: ${message}` }
}

/** What a blob is to a round. */
function nameOf(cid: string, { base, silos, stateBefore }: Evidence): string {
  if (cid === base.cid) return 'the incoming model'
  const silo = silos.find(({ update }) => update.cid === cid)
  if (silo !== undefined) return `the update of ${silo.silo}`
  const vector = stateBefore.find(({ blob }) => blob.cid === cid)
  return vector === undefined ? 'a blob' : `the state "${vector.name}"`
}
