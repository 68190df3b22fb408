import type { AllianceRound, AllianceState } from '@fednode/contracts'
import { type BlobStore, cidFromDigest, digestOfCid } from '@fednode/protocol'
import type { AllianceChain } from './alliance-chain.ts'
import type { AllianceEvent } from './alliance-events.ts'
import type { AllianceJournal } from './alliance-journal.ts'
import type { AllianceDeps } from './alliance-node.ts'

/** So many rounds that ended while a node was down it tells; of more it tells none: the chain has them. */
const MAX_TOLD = 50

/** The last round whose end was told, and the global model after it. */
export type Told = { round: number; model: `0x${string}` }

/** What of a node it needs. */
type Sight = {
  readonly deps: Pick<AllianceDeps, 'onEvent'> & {
    readonly chain: Pick<AllianceChain, 'account' | 'round'>
    readonly blobs: Pick<BlobStore, 'remove'>
    readonly journal: Pick<AllianceJournal, 'saveSettled'>
  }
}

type Missed = Extract<AllianceEvent, { type: 'missed' }>['duty']

/** Where a node goes on telling: after what it told before it was stopped, or with the present round. */
export function lastTold(
  journal: Pick<AllianceJournal, 'settled'>,
  { round, model }: Pick<AllianceState, 'round' | 'model'>,
): Told {
  const [kept] = journal.settled()
  if (kept === undefined || kept.round < round - 1 - MAX_TOLD) return { round: round - 1, model }
  return { round: kept.round, model: digestOfCid(kept.model) }
}

/** Says how rounds ended since the last look, and what this account missed in them; drops what only they needed. @throws {ChainError} */
export async function sayEnds(
  { deps }: Sight,
  told: Told,
  state: Pick<AllianceState, 'phase' | 'round' | 'model'>,
): Promise<void> {
  const { chain, blobs, journal, onEvent } = deps
  const last = state.phase === 'finished' ? state.round : state.round - 1
  if (told.round >= last) return
  while (told.round < last) {
    const number = told.round + 1
    const round = await chain.round(number)
    for (const { contribution } of round.proposers) {
      if (contribution !== undefined) await blobs.remove(cidFromDigest(contribution, 'dag-cbor'))
    }
    const { verdict, digest } = round
    if (verdict === 'accepted' && digest !== undefined) told.model = digest
    told.round = number
    const duty = missedDuty(round, chain.account)
    if (duty !== undefined) onEvent({ type: 'missed', round: number, duty })
    onEvent({ type: 'settled', round: number, verdict, model: told.model })
  }
  journal.saveSettled(last, cidFromDigest(state.model, 'dag-cbor'))
}

/** What an account was drawn for in a round that is over, and did not do in time. */
export function missedDuty(
  { proposers, voters }: Pick<AllianceRound, 'proposers' | 'voters'>,
  own: string,
): Missed | undefined {
  const proposer = proposers.find(({ account }) => account === own)
  if (proposer !== undefined) {
    return proposer.contribution === undefined ? 'contribution' : undefined
  }
  const voter = voters.find(({ account }) => account === own)
  // Where nobody contributed, the round ended without votes.
  const isVoted = proposers.some(({ contribution }) => contribution !== undefined)
  if (voter === undefined || !isVoted) return undefined
  if (!voter.committed) return 'vote'
  return voter.ballot === undefined ? 'reveal' : undefined
}
