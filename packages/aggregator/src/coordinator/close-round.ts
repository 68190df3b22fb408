import { EngineError } from '@fednode/engine'
import { type BlobRef, digestOfCid, encodeWeights, fromPico, type Weights } from '@fednode/protocol'
import { AggregatorError } from '../aggregator-error.ts'
import {
  type AggregatedRound,
  aggregateRound,
  type RoundInput,
} from '../assessment/aggregate-round.ts'
import { assessRound, type RoundAssessment } from '../assessment/assess-round.ts'
import { seedOf } from '../assessment/seed-of.ts'
import { type StateRef, storeState } from '../assessment/strategy-state.ts'
import { createVectorPool, memorySource, type VectorPool } from '../assessment/vector-pool.ts'
import { sharesByClient } from '../contribution/shares-by-client.ts'
import { detectFreeRiders } from '../detection/detect-free-riders.ts'
import type { Finding } from '../detection/finding.ts'
import { encodeEvidence } from '../evidence/encode-evidence.ts'
import type { AssessedRound } from '../journal/round-record.ts'
import type { OpenRound } from '../journal/rounds.ts'
import type { JournaledUpdate } from '../journal/updates.ts'
import { anchoring } from './anchoring.ts'
import type { Run } from './coordinator.ts'
import { isTriedAgain } from './is-tried-again.ts'
import { assessedEvidence, evidenceOf, placesOf } from './round-evidence.ts'
import { roundInputOf } from './round-input.ts'
import { siloSeconds } from './silo-seconds.ts'
import { voidRound } from './void-round.ts'

const DIVERGED: readonly string[] = ['UPDATE_NOT_FINITE', 'MODEL_NOT_FINITE', 'UTILITY_NOT_FINITE']
/** How often an assessment says where it stands, at most, in ms. */
const PROGRESS_INTERVAL_MS = 500

/**
 * Ends a round: aggregates what was accepted, values it, stores model, state and evidence, and journals all of it together with what
 * the chain is to hear. A pure function of the journal and the blobs, so after a crash it is simply done again.
 */
export async function closeRound(run: Run, open: OpenRound, base: Weights): Promise<void> {
  const { journal, onEvent, logger } = run.deps
  journal.startClosing(open.round)
  onEvent({ type: 'assessing', round: open.round, evaluated: 0 })
  const updates = journal.updates(open.round)
  if (updates.length < run.options.manifest.rounds.minSilos) {
    return voidRound(run, open, { base, updates, reason: 'TOO_FEW_UPDATES' })
  }
  const pool = createVectorPool(run.deps.scratch)
  try {
    await finishRound(run, open, { base, updates, pool })
  } catch (error) {
    if (!isDivergence(error)) throw error
    // The last good model is kept (T40).
    logger.error({ round: open.round, reason: error.message }, 'the new model diverged')
    await voidRound(run, open, { base, updates, reason: 'DIVERGED' })
  } finally {
    pool.close()
  }
}

async function finishRound(
  run: Run,
  open: OpenRound,
  parts: {
    readonly base: Weights
    readonly updates: readonly JournaledUpdate[]
    readonly pool: VectorPool
  },
): Promise<void> {
  const { engine, blobs, elapsed } = run.deps
  const { updates, pool, base } = parts
  const startedAt = elapsed()
  const input = await roundInputOf(run, open, parts)
  const aggregated = await aggregateRound(input, pool)
  const model = await blobs.put(encodeWeights(aggregated.weights))
  const state = await storeState(aggregated.state, { specs: base.specs, blobs })
  const findings = detect(run, open, input)
  const aggregatedAt = elapsed()
  const seed = seedOf(open.reveal, open.block)
  const assessment = await assessRound(
    input,
    { validation: run.state.validation, seed },
    { engine, elapsed, signal: run.signal, onEvaluated: tellingNowAndThen(run, open.round) },
  )
  const seconds = {
    ...siloSeconds(open, updates, run),
    aggregate: (aggregatedAt - startedAt) / 1_000,
    assess: (elapsed() - aggregatedAt) / 1_000,
  }
  await keepRound(run, open, { updates, aggregated, model, state, findings, assessment, seconds })
}

/** Evidence into the store, the record into the journal, and the chain's part into the queue. */
async function keepRound(
  run: Run,
  open: OpenRound,
  round: {
    readonly updates: readonly JournaledUpdate[]
    readonly aggregated: AggregatedRound
    readonly model: BlobRef
    readonly state: readonly StateRef[]
    readonly findings: readonly Finding[]
    readonly assessment: RoundAssessment
    readonly seconds: AssessedRound['seconds']
  },
): Promise<void> {
  const { updates, aggregated, model, state, findings, assessment, seconds } = round
  const { engine, journal, blobs } = run.deps
  const shares = [...sharesByClient(assessment.shares, placesOf(run, updates))]
  const evidence = await blobs.put(
    encodeEvidence({
      ...evidenceOf(run, open, { model, updates, stateAfter: state, findings }),
      ...assessedEvidence(assessment, aggregated),
      shares,
    }),
  )
  const { valuesPico, standardErrorsPico, withoutPico } = assessment
  const record: AssessedRound = {
    round: open.round,
    model,
    evidence,
    strategyState: [...state],
    findings: [...findings],
    metrics: engine.evaluate(run.model, aggregated.weights, run.state.validation).metrics,
    loss: assessment.after.loss,
    utilityBefore: assessment.before.utility,
    utilityAfter: assessment.after.utility,
    contributions: updates.map(({ silo }, i) => ({
      silo,
      shapley: fromPico(valuesPico[i] ?? 0),
      standardError: fromPico(standardErrorsPico[i] ?? 0),
      ...withoutOf(withoutPico[i]),
      counted: aggregated.counted[i] ?? 0,
      share: assessment.shares[i] ?? 0,
    })),
    seconds,
    void: false,
  }
  const [evidenceDigest, modelDigest] = [digestOfCid(evidence.cid), digestOfCid(model.cid)]
  const work = anchoring(run.deps, [
    { step: 'assert', shares, evidenceDigest, modelDigest },
    { step: 'finalize', shares },
  ])
  journal.endRound(record, work)
}

/** Says how far the assessment is, but not more often than people read. */
function tellingNowAndThen({ deps }: Run, round: number): (evaluated: number) => void {
  let saidAt = deps.elapsed()
  return (evaluated) => {
    if (deps.elapsed() - saidAt < PROGRESS_INTERVAL_MS) return
    saidAt = deps.elapsed()
    deps.onEvent({ type: 'assessing', round, evaluated })
  }
}

/** Finds updates that add nothing of their own, and remembers the values of all for the rounds that follow (T32). */
function detect({ deps }: Run, { round, base }: OpenRound, input: RoundInput): readonly Finding[] {
  const { journal, logger } = deps
  const { findings, digests } = detectFreeRiders({
    base: memorySource(input.base.values),
    updates: input.updates,
    earlier: (digest, silo) => {
      const origin = journal.earlierValues(round, digest)
      const isReplay = origin && !isTriedAgain(journal, origin, { silo, base: base.cid })
      return isReplay ? origin : undefined
    },
  })
  input.updates.forEach(({ silo }, i) => {
    const digest = digests[i]
    if (digest !== undefined) journal.saveValues({ round, silo }, digest)
  })
  for (const { code, silo } of findings)
    logger.warn({ round, code, silo }, 'an update adds nothing of its own')
  return findings
}

function withoutOf(pico: number | undefined): { readonly utilityWithout?: number } {
  return pico === undefined ? {} : { utilityWithout: fromPico(pico) }
}

/** Numbers that ran away, in the new model or in that of a coalition. */
function isDivergence(error: unknown): error is AggregatorError | EngineError {
  if (error instanceof EngineError) return error.info.code === 'NOT_FINITE'
  if (!(error instanceof AggregatorError)) return false
  return DIVERGED.includes(error.info.code)
}
