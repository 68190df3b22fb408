import { placesOfScores } from '@fednode/aggregator'
import type { Task, TaskRound } from '@fednode/contracts'
import type { ArenaRun } from './arena-member.ts'

/** Says how rounds ended since the last look: the own place and reward. What is due at once is claimed. */
export async function sayEnds(
  { deps }: ArenaRun,
  course: { ended: number },
  { round, phase }: Pick<Task, 'round' | 'phase'>,
): Promise<void> {
  const { chain, onEvent } = deps
  const last = phase === 'finished' ? round : round - 1
  if (course.ended >= last) return
  for (const end of await chain.rounds()) {
    if (end.round > course.ended) onEvent({ type: 'ended', ...endOf(end, chain.account) })
  }
  course.ended = last
  if (phase === 'finished') return
  const amount = await chain.claim()
  if (amount > 0n) onEvent({ type: 'claimed', amount: String(amount) })
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
