import { placesOfScores } from '@fednode/aggregator'
import type { Task, TaskRound, TaskSeat } from '@fednode/contracts'
import type { ArenaChain } from './arena-chain.ts'
import type { ArenaDeps } from './arena-member.ts'

/** What of a member it needs. */
type Sight = {
  readonly deps: Pick<ArenaDeps, 'onEvent'> & {
    readonly chain: Pick<ArenaChain, 'account' | 'rounds' | 'seat' | 'claim'>
  }
}

/** Says how rounds ended since the last look: what was missed, the own place and reward. What is due at once is claimed. */
export async function sayEnds(
  { deps }: Sight,
  course: { ended: number },
  { round, phase }: Pick<Task, 'round' | 'phase'>,
): Promise<void> {
  const { chain, onEvent } = deps
  const last = phase === 'finished' ? round : round - 1
  if (course.ended >= last) return
  for (const end of await chain.rounds()) {
    if (end.round <= course.ended) continue
    const duty = missedDuty(end, await chain.seat(end.round, chain.account))
    if (duty !== undefined) onEvent({ type: 'missed', round: end.round, duty })
    onEvent({ type: 'ended', ...endOf(end, chain.account) })
    // The chain may not answer for the next one: nothing is said twice.
    course.ended = end.round
  }
  course.ended = last
  if (phase === 'finished') return
  const amount = await chain.claim()
  if (amount > 0n) onEvent({ type: 'claimed', amount: String(amount) })
}

/** Who was drawn for no model, or for a round that was given up, has missed nothing. */
function missedDuty(
  { result }: Pick<TaskRound, 'result'>,
  seat: TaskSeat | undefined,
): 'vote' | 'reveal' | undefined {
  if (result === 'void' || seat === undefined || seat.models.length === 0) return undefined
  if (seat.revealed) return undefined
  return seat.committed ? 'reveal' : 'vote'
}

function endOf({ round, result, models, validators }: TaskRound, account: string) {
  const at = models.findIndex(({ node }) => node === account)
  const model = models[at]
  if (model === undefined) {
    const reward = validators.find(({ validator }) => validator === account)?.reward ?? 0n
    return { round, result, reward: String(reward) }
  }
  const place = placesOfScores(models.map(({ consensus }) => consensus))[at]
  const end = { round, result, score: model.consensus, reward: String(model.reward) }
  return place === undefined ? end : { ...end, place }
}
