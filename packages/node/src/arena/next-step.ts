import type { Task, TaskSeat } from '@fednode/contracts'

/** What anybody may do to take a task on: fix a round's members, draw its validators, give up its beacon, count its votes. */
export type ArenaStep = 'freeze' | 'draw' | 'void' | 'count'

/**
 * What takes a task on now; undefined while there is something to wait for.
 * @param sight - `time`: Unix seconds; `isDrawable`: whether the beacon has said what a draw waits for; `seats`: of the present round, in
 * Voting.
 */
export function nextStep(sight: {
  readonly task: Pick<Task, 'phase' | 'deadline' | 'terms'>
  readonly time: number
  readonly isDrawable: boolean
  readonly seats: readonly Pick<TaskSeat, 'committed' | 'revealed'>[]
}): ArenaStep | undefined {
  const { task, time, isDrawable, seats } = sight
  const isOver = time >= task.deadline
  switch (task.phase) {
    case 'submitting':
      return isOver ? 'freeze' : undefined
    case 'drawing':
      if (isDrawable) return 'draw'
      return isOver ? 'void' : undefined
    case 'voting': {
      const isComplete = seats.every(({ committed, revealed }) => revealed || !committed)
      const until = isComplete ? task.deadline : task.deadline + task.terms.revealSeconds
      return time >= until ? 'count' : undefined
    }
    default:
      return undefined
  }
}
