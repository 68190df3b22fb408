import type { SignedMessage, SiloName, UpdateReady } from '@fednode/protocol'
import type { Answer } from './answers.ts'
import type { Run } from './coordinator.ts'

/**
 * Answers to one silo about updates of earlier rounds, in one round. An honest silo announces one, again until it is answered; each answer
 * goes to everybody, and who could ask for as many as it likes would have the aggregator taken for a flood (T6).
 */
const MAX_ANSWERS = 4

/** Tells silos that have not heard of a round's end what became of their update of it: it counted then, or it is too late. */
export function createBelatedAnswers(
  { deps }: Pick<Run, 'deps'>,
  answer: (answer: Answer) => void,
): (signed: SignedMessage<UpdateReady>) => void {
  const answers = new Map<SiloName, number>()
  return ({ message: { round, silo, update } }) => {
    const count = (answers.get(silo) ?? 0) + 1
    answers.set(silo, count)
    if (count > MAX_ANSWERS) return
    const isAccepted = deps.journal
      .updates(round)
      .some((known) => known.silo === silo && known.update.cid === update.cid)
    answer({ round, silo, update: update.cid, ...(isAccepted ? {} : { code: 'LATE' }) })
  }
}
