import type { CoordinatorDeps } from './coordinator.ts'

/** The time of one round: it runs evenly, whatever becomes of the machine's wall clock meanwhile (T14). */
export type RoundClock = {
  /** Unix ms by the wall clock of when this term opened the round. */
  now(): number
  /** Ms since this term opened the round. */
  sinceOpened(): number
}

/** A clock that starts now. */
export function createRoundClock({
  now,
  elapsed,
}: Pick<CoordinatorDeps, 'now' | 'elapsed'>): RoundClock {
  const openedAt = now()
  const startedAt = elapsed()
  const sinceOpened = (): number => elapsed() - startedAt
  return { now: () => openedAt + sinceOpened(), sinceOpened }
}
