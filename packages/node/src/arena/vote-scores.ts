import { NO_SCORE, type Task, type TaskSeat } from '@fednode/contracts'
import type { KeptVote } from '../voting/ballot-journal.ts'
import type { ArenaRun } from './arena-member.ts'
import { fetchModel } from './fetch-model.ts'
import { scoreModel } from './score-model.ts'

/** A validator that was drawn, in the present round. */
export type Duty = {
  readonly task: Pick<Task, 'round' | 'entries'>
  readonly seat: TaskSeat
}

/**
 * A validator's duty: fetch the models that it was drawn for, score them on its own rows, keep scores and salt on the disk, and only then
 * commit to them. Scores that were kept before a restart are committed to again, and never made anew.
 * @param fetching - when models that did not come by then are scored with nothing.
 * @throws {ChainError}, {EngineError}; the reason of `signal` when it fires first.
 */
export async function commitVote(
  run: ArenaRun,
  { task, seat }: Duty,
  { signal, fetching }: { readonly signal: AbortSignal; readonly fetching: AbortSignal },
): Promise<void> {
  const { chain, journal, onEvent } = run.deps
  const { round } = task
  const { ballot: scores, salt } =
    journal.vote(round) ?? (await makeVote(run, { task, seat }, { signal, fetching }))
  await chain.commit(seat.seat, chain.commitmentOf({ round, scores, salt }))
  onEvent({ type: 'committed', round })
}

/**
 * The end of it: reveal what was kept.
 * @returns whether there was something to reveal.
 * @throws {ChainError}
 */
export async function revealVote(run: ArenaRun, { task, seat }: Duty): Promise<boolean> {
  const { chain, journal, onEvent } = run.deps
  const vote = journal.vote(task.round)
  if (vote === undefined) return false
  await chain.reveal(seat.seat, { scores: vote.ballot, salt: vote.salt })
  onEvent({ type: 'revealed', round: task.round })
  return true
}

async function makeVote(
  run: ArenaRun,
  { task, seat }: Duty,
  signals: { readonly signal: AbortSignal; readonly fetching: AbortSignal },
): Promise<KeptVote<readonly number[]>> {
  const { journal, drawSalt, onEvent } = run.deps
  const { round, entries } = task
  const drawn = entries.filter((_, model) => seat.models.includes(model))
  await Promise.all(drawn.map((entry) => fetchModel(run, entry, signals.fetching)))
  const scores: number[] = []
  for (const [model, entry] of entries.entries()) {
    if (!seat.models.includes(model)) {
      scores.push(NO_SCORE)
      continue
    }
    signals.signal.throwIfAborted()
    const { score, value } = await scoreModel(run, entry)
    scores.push(score)
    const { node } = entry
    onEvent({
      type: 'scored',
      round,
      model,
      node,
      score,
      ...(value === undefined ? {} : { value }),
    })
  }
  const salt = `0x${Buffer.from(drawSalt()).toString('hex')}` as const
  return journal.saveVote(round, { ballot: scores, salt })
}
