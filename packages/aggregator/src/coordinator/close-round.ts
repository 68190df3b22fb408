import type { WeightedUpdate } from '@fednode/engine'
import { digestOfCid, encodeWeights, fromPico, type Weights } from '@fednode/protocol'
import { AggregatorError } from '../aggregator-error.ts'
import { assessCoalitions, type CoalitionAssessment } from '../contribution/assess-coalitions.ts'
import { sharesByClient, valuesOf } from '../contribution/values-of.ts'
import { encodeEvidence } from '../evidence/encode-evidence.ts'
import type { AssessedRound } from '../journal/round-record.ts'
import type { OpenRound } from '../journal/rounds.ts'
import { fedavg } from '../strategies/fedavg.ts'
import { weightOf } from '../strategies/weight-of.ts'
import type { Run } from './coordinator.ts'
import { type LoadedUpdate, loadUpdates } from './load-updates.ts'
import { evidenceOf, placesOf } from './round-evidence.ts'
import { siloSeconds } from './silo-seconds.ts'
import { voidRound } from './void-round.ts'

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
  const terms = loaded.map(({ update, weights }) => ({
    silo: update.silo,
    weights,
    weight: weightOf(run.options.manifest.strategy.weighting, update.samples),
  }))
  const average = fedavg(terms)
  if (!average.values.every(Number.isFinite)) throw diverged()
  const model = await blobs.put(encodeWeights(average))
  const aggregatedAt = elapsed()
  const assessment = await assess(run, base, terms)
  const result = valuesOf(updates.length, assessment.utilitiesPico)
  const shares = sharesByClient(result.shares, placesOf(run, updates))
  const evidence = await blobs.put(
    encodeEvidence({
      ...evidenceOf(run, open, { model, updates }),
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

async function assess(
  run: Run,
  base: Weights,
  updates: readonly WeightedUpdate[],
): Promise<CoalitionAssessment> {
  const { engine, validation } = run.deps
  const evaluator = engine.createCoalitionEvaluator({
    model: run.model,
    base,
    updates,
    data: validation,
  })
  try {
    const { signal } = run
    const { utility } = run.options.manifest.contribution
    return await assessCoalitions(updates.length, evaluator, { utility, signal })
  } finally {
    evaluator.dispose()
  }
}

function diverged(): AggregatorError {
  return new AggregatorError('the averaged model is not finite', {
    code: 'UTILITY_NOT_FINITE',
    coalition: -1,
  })
}
