import type { UpdateReady } from '@fednode/protocol'
import type { Answer } from './answers.ts'
import type { Run } from './coordinator.ts'

/** What became of an update of an earlier round, whose silo has not heard of its end: it counted then, or it is too late. */
export function answerToBelated(
  { deps }: Pick<Run, 'deps'>,
  { round, silo, update: { cid: update } }: UpdateReady,
): Answer {
  const isAccepted = deps.journal
    .updates(round)
    .some((known) => known.silo === silo && known.update.cid === update)
  return { round, silo, update, ...(isAccepted ? {} : { code: 'LATE' }) }
}
