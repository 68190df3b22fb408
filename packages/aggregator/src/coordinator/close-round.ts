import {
  type BlobRef,
  checkUpdateContent,
  digestOfCid,
  encodeWeights,
  fromPico,
  parseCid,
  type Weights,
} from '@fednode/protocol'
import { AggregatorError } from '../aggregator-error.ts'
import { assessCoalitions, type CoalitionAssessment } from '../contribution/assess-coalitions.ts'
import { sharesByClient, valuesOf } from '../contribution/values-of.ts'
import { encodeEvidence } from '../evidence/encode-evidence.ts'
import {
  EVIDENCE_VERSION,
  type Evidence,
  UTILITY_TOLERANCE_PICO,
  type VoidReason,
} from '../evidence/evidence.ts'
import type { AssessedRound } from '../journal/round-record.ts'
import type { OpenRound } from '../journal/rounds.ts'
import type { JournaledUpdate } from '../journal/updates.ts'
import { fedavg } from '../strategies/fedavg.ts'
import { weightOf } from '../strategies/weighted-update.ts'
import type { Run } from './coordinator.ts'

/** An update with its weights in memory. */
type LoadedUpdate = { readonly update: JournaledUpdate; readonly weights: Weights }

/**
 * Ends a round: averages what was accepted, values it, stores model and evidence, and journals all of it together with what the chain
 * is to hear. A pure function of the journal and the blobs, so after a crash it is simply done again.
 */
export async function closeRound(run: Run, open: OpenRound, base: Weights): Promise<void> {
  const { journal, onEvent } = run.deps
  journal.startClosing(open.round)
  onEvent({ type: 'assessing', round: open.round })
  const updates = journal.updates(open.round)
  if (updates.length < run.options.manifest.rounds.minSilos) {
    return voidRound(run, open, { base, updates, reason: 'TOO_FEW_UPDATES' })
  }
  const loaded = await loadUpdates(run, updates, base)
  try {
    await assessRound(run, open, { base, loaded })
  } catch (error) {
    const isDiverged = error instanceof AggregatorError && error.info.code === 'UTILITY_NOT_FINITE'
    if (!isDiverged) throw error
    // The last good model is kept (T40).
    run.deps.logger.error({ round: open.round }, 'the new model diverged, the round is void')
    await voidRound(run, open, { base, updates, reason: 'DIVERGED' })
  }
}

async function assessRound(
  run: Run,
  open: OpenRound,
  parts: { readonly base: Weights; readonly loaded: readonly LoadedUpdate[] },
): Promise<void> {
  const { journal, blobs, elapsed } = run.deps
  const { base, loaded } = parts
  const updates = loaded.map(({ update }) => update)
  const startedAt = elapsed()
  const values = aggregate(run, loaded)
  if (!values.every(Number.isFinite)) throw diverged()
  const model = await blobs.put(encodeWeights({ specs: base.specs, values }))
  const aggregatedAt = elapsed()
  const assessment = await assess(run, parts)
  const result = valuesOf(updates.length, assessment.utilitiesPico)
  const shares = sharesByClient(result.shares, indexing(run, updates))
  const evidence = await blobs.put(
    encodeEvidence({
      ...evidenceBase(run, open, { model, updates }),
      utilitiesPico: [...assessment.utilitiesPico],
      shapleyPico: [...result.shapleyPico],
      shares: [...shares],
    }),
  )
  const record: AssessedRound = {
    round: open.round,
    model,
    evidence,
    accuracy: assessment.after.accuracy,
    loss: assessment.after.loss,
    utilityBefore: fromPico(assessment.utilitiesPico[0] ?? 0),
    utilityAfter: fromPico(assessment.utilitiesPico.at(-1) ?? 0),
    contributions: updates.map(({ silo }, i) => ({
      silo,
      shapley: result.shapley[i] ?? 0,
      standardError: 0,
      share: result.shares[i] ?? 0,
    })),
    seconds: {
      ...siloSeconds(open, updates, run),
      aggregate: (aggregatedAt - startedAt) / 1_000,
      assess: (elapsed() - aggregatedAt) / 1_000,
    },
    void: false,
  }
  const evidenceDigest = digestOfCid(evidence.cid)
  const modelDigest = digestOfCid(model.cid)
  journal.endRound(record, [
    { step: 'assert', shares: [...shares], evidenceDigest, modelDigest },
    { step: 'finalize', shares: [...shares] },
  ])
}

/** Pays nobody and keeps the old model; the pot is carried to the next round. */
async function voidRound(
  run: Run,
  open: OpenRound,
  parts: {
    readonly base: Weights
    readonly updates: readonly JournaledUpdate[]
    readonly reason: VoidReason
  },
): Promise<void> {
  const { base, updates, reason } = parts
  const { engine, validation, blobs, journal } = run.deps
  const { accuracy, loss } = engine.evaluate(run.model, base, validation)
  const utility = run.options.manifest.contribution.utility === 'accuracy' ? accuracy : -loss
  const evidence = await blobs.put(
    encodeEvidence({
      ...evidenceBase(run, open, { model: open.base, updates }),
      utilitiesPico: [],
      shapleyPico: updates.map(() => 0),
      shares: new Array<number>(run.deps.registry.clientCount).fill(0),
      voidReason: reason,
    }),
  )
  const record: AssessedRound = {
    round: open.round,
    model: open.base,
    evidence,
    accuracy,
    loss,
    utilityBefore: utility,
    utilityAfter: utility,
    contributions: [],
    seconds: { ...siloSeconds(open, updates, run), aggregate: 0, assess: 0 },
    void: true,
  }
  journal.endRound(record, [{ step: 'void' }])
}

function aggregate(run: Run, loaded: readonly LoadedUpdate[]): Float32Array<ArrayBuffer> {
  const { weighting } = run.options.manifest.strategy
  return fedavg(
    loaded.map(({ update, weights }) => ({
      silo: update.silo,
      values: weights.values,
      weight: weightOf(weighting, update.samples),
    })),
  )
}

async function assess(
  run: Run,
  parts: { readonly base: Weights; readonly loaded: readonly LoadedUpdate[] },
): Promise<CoalitionAssessment> {
  const { engine, validation } = run.deps
  const { strategy, contribution } = run.options.manifest
  const evaluator = engine.createCoalitionEvaluator({
    model: run.model,
    base: parts.base,
    updates: parts.loaded.map(({ update, weights }) => ({
      weights,
      weight: weightOf(strategy.weighting, update.samples),
    })),
    data: validation,
  })
  try {
    const { signal } = run
    return await assessCoalitions(parts.loaded.length, evaluator, {
      utility: contribution.utility,
      signal,
    })
  } finally {
    evaluator.dispose()
  }
}

/** Reads the accepted updates once more, through the same checks that let them in. */
async function loadUpdates(
  { deps, options }: Run,
  updates: readonly JournaledUpdate[],
  base: Weights,
): Promise<readonly LoadedUpdate[]> {
  const loaded: LoadedUpdate[] = []
  for (const update of updates) {
    const bytes = await deps.blobs.get(update.update.cid)
    const checked = checkUpdateContent(bytes, { base, maxNorm: options.manifest.limits.updateNorm })
    if (!checked.ok) {
      const message = `the accepted update of ${update.silo} does not pass its checks any more: ${checked.detail}`
      throw new AggregatorError(message, { code: 'UPDATE_CHANGED', silo: update.silo })
    }
    loaded.push({ update, weights: checked.weights })
  }
  return loaded
}

function evidenceBase(
  run: Run,
  open: OpenRound,
  parts: { readonly model: BlobRef; readonly updates: readonly JournaledUpdate[] },
): Omit<Evidence, 'utilitiesPico' | 'shapleyPico' | 'shares' | 'voidReason'> {
  const { options, deps, state } = run
  const { manifest } = options
  const { indexes } = indexing(run, parts.updates)
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

function indexing(
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

/** Slowest silo of the round; what a silo says of its time cannot exceed the round's. */
function siloSeconds(
  open: OpenRound,
  updates: readonly JournaledUpdate[],
  { deps }: Run,
): { readonly train: number; readonly transfer: number } {
  const sinceOpenMs = Math.max(0, deps.now() - open.openedAt)
  const slowest = (times: readonly number[]): number => Math.max(0, ...times) / 1_000
  return {
    train: Math.min(slowest(updates.map(({ trainMs }) => trainMs)), sinceOpenMs / 1_000),
    transfer: slowest(updates.map(({ fetchMs }) => fetchMs)),
  }
}

function diverged(): AggregatorError {
  return new AggregatorError('the averaged model is not finite', {
    code: 'UTILITY_NOT_FINITE',
    coalition: -1,
  })
}
