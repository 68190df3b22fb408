import type { Turns } from './types.ts'

/** A queue of one lane: jobs run in the order they came, one at a time. */
export function createTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve()
  return (job) => {
    const turn = last.then(job, job)
    // The failure belongs to whoever asked for this turn; the queue itself only waits.
    last = turn.catch(() => undefined)
    return turn
  }
}
