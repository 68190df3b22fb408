import type { CoalitionModel } from '../types.ts'
import type { CoalitionTask } from './coalition-runner.ts'
import { evaluationWork, threadsFor } from './evaluation-work.ts'
import { createLocalLogits } from './local-logits.ts'
import type { LogitSource } from './logit-source.ts'
import { createWorkerLogits } from './worker-logits.ts'

/** Picks who runs models: this thread at first, worker threads from when there is enough to do. Both give the same bits. */
export type LogitSources = {
  /** The source for `models`, which count as work that comes. */
  pick(models: readonly CoalitionModel[]): LogitSource
  dispose(): Promise<void>
}

/** Nothing is started before it is picked. */
export function createLogitSources(task: CoalitionTask, threads: number | undefined): LogitSources {
  let work = 0
  let local: LogitSource | undefined
  let workers: LogitSource | undefined
  return {
    pick(models) {
      work += evaluationWork(task, models)
      const rows = task.data.count
      const count = Math.min(rows, threads ?? threadsFor(work, rows))
      if (count > 1) workers ??= createWorkerLogits(task, count)
      if (workers !== undefined) return workers
      local ??= createLocalLogits(task)
      return local
    },
    async dispose() {
      await Promise.all([local?.dispose(), workers?.dispose()])
    },
  }
}
