import { setImmediate as nextTurn } from 'node:timers/promises'
import { type CoalitionTask, createCoalitionRunner } from './coalition-runner.ts'
import { isStopped, type OutputSource } from './output-source.ts'

/** Runs models on this thread; the event loop gets a turn before every batch of rows. */
export function createLocalOutputs(task: CoalitionTask): OutputSource {
  const runner = createCoalitionRunner(task)
  return {
    lanes: 1,
    outputs: (model, stopped) =>
      runner.outputs(model, async () => {
        await nextTurn()
        return !isStopped(stopped)
      }),
    async dispose() {
      runner.dispose()
    },
  }
}
