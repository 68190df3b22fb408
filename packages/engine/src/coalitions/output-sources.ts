import type { CoalitionModel } from '../types.ts'
import type { CoalitionTask } from './coalition-runner.ts'
import { evaluationWork, threadsFor } from './evaluation-work.ts'
import { createLocalOutputs } from './local-outputs.ts'
import type { OutputSource } from './output-source.ts'
import { createWorkerOutputs } from './worker-outputs.ts'

/** Picks who runs models: this thread at first, worker threads from when there is enough to do. Both give the same bits. */
export type OutputSources = {
  /** The source for `models`, which count as work that comes. */
  pick(models: readonly CoalitionModel[]): OutputSource
  dispose(): Promise<void>
}

/** Nothing is started before it is picked. */
export function createOutputSources(
  task: CoalitionTask,
  threads: number | undefined,
): OutputSources {
  let work = 0
  let local: OutputSource | undefined
  let workers: OutputSource | undefined
  return {
    pick(models) {
      work += evaluationWork(task, models)
      const rows = task.data.count
      const count = Math.min(rows, threads ?? threadsFor(work, rows))
      if (count > 1) workers ??= createWorkerOutputs(task, count)
      if (workers !== undefined) return workers
      local ??= createLocalOutputs(task)
      return local
    },
    async dispose() {
      await Promise.all([local?.dispose(), workers?.dispose()])
    },
  }
}
