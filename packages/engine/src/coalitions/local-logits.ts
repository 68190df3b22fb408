import { setImmediate as nextTurn } from 'node:timers/promises'
import { type CoalitionTask, createCoalitionRunner } from './coalition-runner.ts'
import { isStopped, type LogitSource } from './logit-source.ts'

/** Runs models on this thread; the event loop gets a turn before every batch of rows. */
export function createLocalLogits(task: CoalitionTask): LogitSource {
  const runner = createCoalitionRunner(task)
  return {
    lanes: 1,
    logits: (model, stopped) =>
      runner.logits(model, async () => {
        await nextTurn()
        return !isStopped(stopped)
      }),
    async dispose() {
      runner.dispose()
    },
  }
}
