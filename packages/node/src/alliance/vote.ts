import {
  contributionBytes,
  decodeContribution,
  measureContributions,
  mergeContributions,
  voteOfLosses,
} from '@fednode/aggregator'
import type { AllianceRound, AllianceState } from '@fednode/contracts'
import {
  type BlobRef,
  cidFromDigest,
  digestOfCid,
  encodeWeights,
  type Weights,
} from '@fednode/protocol'
import type { KeptBallot } from './alliance-journal.ts'
import type { AllianceRun } from './alliance-node.ts'
import { obtainModel, untilFetched } from './obtain-model.ts'

const LOSS_UNITS = 1e9

type Sight = { readonly state: AllianceState; readonly round: AllianceRound }

/**
 * A voter's duty: fetch the contributions, merge them, measure the result on own rows, keep the vote and its salt on the disk, and only
 * then commit to it. A vote that was kept before a restart is committed to again, and never made anew.
 * @param fetching - when contributions that did not come by then are left out.
 * @returns whether there was something to do.
 * @throws {ChainError}, {EngineError}, {AllianceError}; the reason of `signal` when it fires first.
 */
export async function commitVote(
  run: AllianceRun,
  { state, round }: Sight,
  { signal, fetching }: { readonly signal: AbortSignal; readonly fetching: AbortSignal },
): Promise<boolean> {
  const { chain, journal } = run.deps
  const seat = round.voters.findIndex(({ account }) => account === chain.account)
  if (seat < 0 || round.voters[seat]?.committed !== false) return false
  const vote =
    journal.vote(state.round) ?? (await makeVote(run, { state, round }, { signal, fetching }))
  const { task } = state
  await chain.commitVote(seat, chain.commitmentOf({ task, round: state.round, ...vote }))
  return true
}

/**
 * The end of it: reveal what was kept.
 * @returns whether there was something to do.
 * @throws {ChainError}
 */
export async function revealVote(run: AllianceRun, { state, round }: Sight): Promise<boolean> {
  const { chain, journal, onEvent } = run.deps
  const seat = round.voters.findIndex(({ account }) => account === chain.account)
  const own = round.voters[seat]
  if (own?.committed !== true || own.ballot !== undefined) return false
  const vote = journal.vote(state.round)
  if (vote === undefined) return false
  await chain.revealVote(seat, vote.ballot, vote.salt)
  onEvent({ type: 'revealed', round: state.round })
  return true
}

async function makeVote(
  run: AllianceRun,
  sight: Sight,
  { signal, fetching }: { readonly signal: AbortSignal; readonly fetching: AbortSignal },
): Promise<KeptBallot> {
  const { deps, options, model } = run
  const { state } = sight
  const engine = await run.engine()
  const base = await obtainModel(run, { round: state.round, digest: state.model }, signal)
  const contributions = await fetchContributions(run, sight, fetching)
  const { strategy, training } = options.manifest
  const aggregate = await mergeContributions({
    strategy,
    base: base.weights,
    contributions,
    localLearningRate: training.learningRate,
  })
  const { cid } = await deps.blobs.put(encodeWeights(aggregate))
  const task = { model, base: base.weights, contributions, aggregate, data: deps.data.held }
  const losses = await measureContributions({ engine, ...task }, signal)
  const salt = `0x${Buffer.from(deps.drawSalt()).toString('hex')}` as const
  const ballot = { ...voteOfLosses(losses), digest: digestOfCid(cid) }
  // If it is accepted, who proposed has to fetch it: nobody else has it.
  deps.journal.saveModel(cid)
  run.served.models.add(cid)
  const kept = deps.journal.saveVote(state.round, { ballot, salt })
  say(run, state.round, kept, contributions.size)
  return kept
}

/** Valid contributions that came in time, by seat. */
async function fetchContributions(
  run: AllianceRun,
  sight: Sight,
  signal: AbortSignal,
): Promise<ReadonlyMap<number, Weights>> {
  const specs = (await run.engine()).weightSpecs(run.model)
  const size = contributionBytes(specs)
  const found = await Promise.all(
    sight.round.proposers.map(async ({ account, contribution }, seat) => {
      if (contribution === undefined) return undefined
      const cid = cidFromDigest(contribution, 'dag-cbor')
      const bytes = await fetchFrom(run, { account, ref: { cid, size } }, signal)
      const terms = { scope: run.options.scope, round: sight.state.round, proposer: account }
      const weights = bytes === undefined ? undefined : decodeContribution(bytes, specs, terms)
      if (weights !== undefined) return [seat, weights] as const
      const what = bytes === undefined ? 'did not come in time' : 'is not what it has to be'
      run.deps.logger.warn({ round: sight.state.round, seat }, `a contribution ${what}`)
      return undefined
    }),
  )
  return new Map(found.filter((one) => one !== undefined))
}

/** @returns undefined when nobody delivered it before the signal fired. */
async function fetchFrom(
  { deps, host }: AllianceRun,
  { account, ref }: { readonly account: string; readonly ref: BlobRef },
  signal: AbortSignal,
): Promise<Uint8Array | undefined> {
  // The proposer is asked for what other voters do not have.
  const origin = deps.peers.peerOf(account)
  try {
    await untilFetched(() => {
      const others = host.connectedMembers().filter((peer) => peer !== origin)
      const peers = origin === undefined ? others : [origin, ...others]
      return host.fetchBlob(ref, { peers, signal })
    }, signal)
    return await deps.blobs.get(ref.cid)
  } catch (error) {
    if (signal.aborted) return undefined
    throw error
  }
}

function say(run: AllianceRun, round: number, { ballot }: KeptBallot, contributions: number): void {
  const { digest, score, approved, lossBefore, lossAfter } = ballot
  run.deps.onEvent({
    type: 'voted',
    round,
    digest,
    score,
    approved: [...approved.toString(2)].filter((bit) => bit === '1').length,
    contributions,
    lossBefore: Number(lossBefore) / LOSS_UNITS,
    lossAfter: Number(lossAfter) / LOSS_UNITS,
  })
}
