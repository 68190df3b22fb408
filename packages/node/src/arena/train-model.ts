import type { Task } from '@fednode/contracts'
import {
  type BlobRef,
  digestOfCid,
  learningRateAt,
  type SiloName,
  type Weights,
} from '@fednode/protocol'
import { trainSeed } from '../silo/train-seed.ts'
import type { ArenaRun } from './arena-member.ts'
import { decodeArenaModel, encodeArenaModel } from './arena-model.ts'

/**
 * A node's duty in every round: train its last model on, keep what was trained, and submit its digest. What was trained before a restart
 * is submitted without training again.
 * @returns whether there was something to do.
 * @throws {ChainError}, {EngineError}; the reason of `signal` when it fires first.
 */
export async function submitTrained(
  run: ArenaRun,
  task: Pick<Task, 'round' | 'terms'>,
  signal: AbortSignal,
): Promise<boolean> {
  const { chain, journal, onEvent } = run.deps
  const { round } = task
  const kept = journal.lastModel()
  const isMade = kept !== undefined && kept.round >= round
  if (isMade && kept.isSubmitted) return false
  const digest = digestOfCid(isMade ? kept.cid : (await train(run, task, signal)).cid)
  // A transaction that was sent before a restart may have come through.
  if ((await chain.member()).model !== digest) await chain.submit(digest)
  journal.saveSubmitted(round)
  onEvent({ type: 'submitted', round, digest })
  return true
}

async function train(
  run: ArenaRun,
  { round, terms }: Pick<Task, 'round' | 'terms'>,
  signal: AbortSignal,
): Promise<BlobRef> {
  const { deps, model, options } = run
  const { training, seed } = options.manifest
  const node = deps.chain.account
  const engine = await run.engine()
  const trained = await engine.train(model, await baseOf(run), deps.data, {
    plan: { ...training, learningRate: learningRateAt(training, round, terms.rounds) },
    // An address without its prefix is 40 lower-case hex digits: a name by construction.
    seed: trainSeed({ seed, round, silo: node.slice(2).toLowerCase() as SiloName }),
    signal,
    onProgress: ({ step, steps, loss }) =>
      deps.onEvent({ type: 'training', round, done: step, total: steps, loss }),
  })
  const ref = await deps.blobs.put(encodeArenaModel(trained.weights, { ...options, node }))
  deps.journal.saveModel(round, ref)
  return ref
}

/** The node's last model; before that the manifest's first one, from its seed. */
async function baseOf({ deps, engine: open, model, options }: ArenaRun): Promise<Weights> {
  const engine = await open()
  const kept = deps.journal.lastModel()
  if (kept !== undefined && (await deps.blobs.has(kept.cid))) {
    const terms = { ...options, node: deps.chain.account }
    const bytes = await deps.blobs.get(kept.cid)
    const last = decodeArenaModel(bytes, engine.weightSpecs(model), terms)
    if (last !== undefined) return last
  }
  return engine.initialWeights(model, options.manifest.seed)
}
