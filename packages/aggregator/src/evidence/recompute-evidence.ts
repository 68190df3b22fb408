import { type Dataset, type Engine, EngineError, federationModel } from '@fednode/engine'
import {
  type BlobRef,
  type BlobStore,
  cidOfBlob,
  decodeWeights,
  encodeWeights,
  FedError,
  type Manifest,
  toPico,
  type Weights,
} from '@fednode/protocol'
import { AggregatorError } from '../aggregator-error.ts'
import {
  type AggregatedRound,
  aggregateRound,
  type RoundInput,
} from '../assessment/aggregate-round.ts'
import { assessRound, type RoundAssessment } from '../assessment/assess-round.ts'
import { openRoundInput } from '../assessment/open-round-input.ts'
import type { StateRef } from '../assessment/strategy-state.ts'
import { createVectorPool, memorySource, type VectorPool } from '../assessment/vector-pool.ts'
import { readAll } from '../assessment/whole-model.ts'
import { sharesByClient } from '../contribution/shares-by-client.ts'
import { detectFreeRiders } from '../detection/detect-free-riders.ts'
import type { Finding } from '../detection/finding.ts'
import { checkSizes } from './check-sizes.ts'
import { decodeCoalitions } from './coalition-bytes.ts'
import { compareRound } from './compare-round.ts'
import type { Evidence } from './evidence.ts'
import { EvidenceError } from './evidence-error.ts'
import type { EvidenceFault } from './evidence-fault.ts'
import { replayBudget } from './replay-estimate.ts'

/** What recomputing a round needs besides its bundle. */
export type RecomputeDeps = {
  readonly engine: Engine
  /** Base, updates and state of the round. */
  readonly blobs: Pick<BlobStore, 'get'>
  /** The held-out rows of manifest.contribution.validation. */
  readonly validation: Dataset
  /** The whole model that manifest.training.start names; needed exactly with it. */
  readonly start?: Weights
  /** Directory for vectors that memory does not hold. */
  readonly scratch: string
  readonly signal?: AbortSignal
}

/** A round made once more from its updates. */
export type RecomputedRound = {
  readonly model: BlobRef
  readonly stateAfter: readonly StateRef[]
  readonly findings: readonly Finding[]
  readonly countedPico: readonly number[]
  readonly assessment: RoundAssessment
  /** One per client of the Scenario. */
  readonly shares: readonly number[]
}

/** What differs, and what came out instead; no round when it ends in a fault before. */
export type Recomputation = {
  readonly faults: readonly EvidenceFault[]
  readonly round?: RecomputedRound
}

/**
 * Makes and measures a round again from its base, updates and state, by the aggregator's own computation, and compares: bit for bit on
 * the same back end, within the manifest's tolerance on another one (T35). A round that is void for too few updates has nothing to compare.
 * @param evidence - passed checkEvidence, or the comparison says little.
 * @throws {BlobError} when a blob is not there. @throws {CodecError} when base or state are no weights of this model.
 */
export async function recomputeEvidence(
  evidence: Evidence,
  manifest: Manifest,
  deps: RecomputeDeps,
): Promise<Recomputation> {
  if (evidence.voidReason === 'TOO_FEW_UPDATES') return { faults: [] }
  const pool = createVectorPool(deps.scratch)
  try {
    const input = await inputOf(evidence, manifest, { deps, pool })
    const round = await remake(evidence, input, { deps, pool })
    return { faults: compareRound(evidence, round, toleranceOf(evidence, manifest, deps)), round }
  } catch (error) {
    const fault = faultOf(error, evidence)
    if (fault === undefined) throw error
    return { faults: fault === 'expected' ? [] : [fault] }
  } finally {
    pool.close()
  }
}

async function inputOf(
  evidence: Evidence,
  manifest: Manifest,
  means: { readonly deps: RecomputeDeps; readonly pool: VectorPool },
): Promise<RoundInput> {
  const { deps, pool } = means
  const { blobs, engine, start } = deps
  const { shared: model } = federationModel(manifest, { engine, start })
  const specs = engine.weightSpecs(model)
  checkSizes(evidence, specs, manifest)
  const base: Weights = decodeWeights(await blobs.get(evidence.base.cid), specs)
  const { silos: updates, stateBefore, shares } = evidence
  const stored = { manifest, model, base, updates, stateBefore, clients: shares.length }
  return openRoundInput(stored, { blobs, pool })
}

async function remake(
  evidence: Evidence,
  input: RoundInput,
  means: { readonly deps: RecomputeDeps; readonly pool: VectorPool },
): Promise<RecomputedRound> {
  const { deps, pool } = means
  const aggregated = await aggregateRound(input, pool)
  const { findings } = detectFreeRiders({
    base: memorySource(input.base.values),
    updates: input.updates,
    // Earlier rounds are another bundle's; what this one says of them is not compared.
    earlier: () => undefined,
  })
  const assessment = await assessRound(input, measureOf(evidence, input, deps), {
    engine: deps.engine,
    elapsed: () => 0,
    ...(deps.signal === undefined ? {} : { signal: deps.signal }),
  })
  const indexes = evidence.silos.map(({ index }) => index)
  return {
    model: refOf(aggregated.weights),
    stateAfter: stateOf(aggregated),
    findings,
    countedPico: aggregated.counted.map(toPico),
    assessment,
    shares: sharesByClient(assessment.shares, { indexes, clients: evidence.shares.length }),
  }
}

function measureOf(
  evidence: Evidence,
  { manifest, updates }: RoundInput,
  { validation }: RecomputeDeps,
): Parameters<typeof assessRound>[1] {
  const { seed, estimator, coalitions } = evidence
  return {
    validation,
    seed,
    estimator,
    budget: replayBudget(manifest.contribution, evidence),
    coalitions: decodeCoalitions(coalitions, updates.length),
  }
}

/** 0 asks for the same bits. */
function toleranceOf(
  evidence: Evidence,
  { contribution }: Manifest,
  { engine }: RecomputeDeps,
): number {
  if (engine.evaluationBackend === evidence.backend) return 0
  return toPico(contribution.tolerance ?? DEFAULT_TOLERANCE)
}

/** How far utilities of two back ends may lie apart unless the manifest says otherwise; see the engine's tests. */
const DEFAULT_TOLERANCE = 1e-5

function stateOf({ state, weights }: AggregatedRound): readonly StateRef[] {
  return [...state]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, vector]) => ({
      name,
      blob: refOf({ specs: weights.specs, values: readAll(vector) }),
    }))
}

function refOf(weights: Weights): BlobRef {
  const bytes = encodeWeights(weights)
  return { cid: cidOfBlob(bytes), size: bytes.length }
}

/** What an error says of the bundle: a divergence is what a round that is void for it states. */
function faultOf(
  error: unknown,
  { voidReason, silos }: Evidence,
): EvidenceFault | 'expected' | undefined {
  if (!(error instanceof FedError)) return undefined
  const { info, message: detail } = error
  if (error instanceof AggregatorError && error.info.code === 'UPDATE_CHANGED') {
    const { silo } = error.info
    const known = silos.find((entry) => entry.silo === silo)
    return { code: 'UPDATE_REFUSED', ...(known === undefined ? {} : { silo: known.silo }), detail }
  }
  const isDivergence =
    (error instanceof EngineError && info.code === 'NOT_FINITE') ||
    (error instanceof AggregatorError &&
      (info.code === 'MODEL_NOT_FINITE' || info.code === 'UTILITY_NOT_FINITE'))
  if (isDivergence) return voidReason === 'DIVERGED' ? 'expected' : { code: 'OTHER_MODEL', detail }
  if (error instanceof EvidenceError) return { code: 'BAD_COALITIONS', detail }
  return error instanceof AggregatorError ? { code: 'WRONG_ESTIMATOR', detail } : undefined
}
