import { encodeContribution } from '@fednode/aggregator'
import type { AllianceRound, AllianceState } from '@fednode/contracts'
import { type BlobRef, digestOfCid, learningRateAt, type SiloName } from '@fednode/protocol'
import { trainSeed } from '../silo/train-seed.ts'
import type { AllianceRun } from './alliance-node.ts'
import { obtainModel } from './obtain-model.ts'

/**
 * A proposer's duty: train from the global model, keep what was trained, and say its digest. What was trained before a restart is said
 * without training again.
 * @returns whether there was something to do.
 * @throws {ChainError}, {EngineError}, {AllianceError}; the reason of `signal` when it fires first.
 */
export async function propose(
  run: AllianceRun,
  { state, round }: { readonly state: AllianceState; readonly round: AllianceRound },
  signal: AbortSignal,
): Promise<boolean> {
  const { deps } = run
  const seat = round.proposers.findIndex(({ account }) => account === deps.chain.account)
  if (seat < 0 || round.proposers[seat]?.contribution !== undefined) return false
  const known = deps.journal.contribution(state.round)
  const isHere = known !== undefined && (await deps.blobs.has(known.cid))
  const { cid } = isHere ? known : await train(run, state, signal)
  const digest = digestOfCid(cid)
  await deps.chain.contribute(seat, digest)
  deps.onEvent({ type: 'contributed', round: state.round, digest })
  return true
}

async function train(
  run: AllianceRun,
  { round, terms, model: digest }: AllianceState,
  signal: AbortSignal,
): Promise<BlobRef> {
  const { deps, model, options } = run
  const { manifest, scope } = options
  const { account } = deps.chain
  const engine = await run.engine()
  const { weights: base } = await obtainModel(run, { round, digest }, signal)
  const { training, seed } = manifest
  const trained = await engine.train(model, base, deps.data.trained, {
    plan: { ...training, learningRate: learningRateAt(training, round, terms.rounds) },
    // An address without its prefix is 40 lower-case hex digits: a name by construction.
    seed: trainSeed({ seed, round, silo: account.slice(2).toLowerCase() as SiloName }),
    signal,
    onProgress: ({ step, steps, loss }) =>
      deps.onEvent({ type: 'training', round, done: step, total: steps, loss }),
  })
  const honest = { round, base, trained: trained.weights }
  const sent = (await deps.spoilUpdate?.(honest, signal)) ?? trained.weights
  const ref = await deps.blobs.put(encodeContribution(sent, { scope, round, proposer: account }))
  deps.journal.saveContribution(round, ref)
  return ref
}
