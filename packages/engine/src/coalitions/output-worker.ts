/** Worker thread of worker-outputs.ts: runs models over its share of the rows, one after the other, on a back end of its own. */
import { parentPort, workerData } from 'node:worker_threads'
import { startBackend } from '../backends/start-backend.ts'
import { type CoalitionTask, createCoalitionRunner } from './coalition-runner.ts'
import { isStopped } from './output-source.ts'
import type { OutputAnswer, OutputRequest } from './worker-outputs.ts'

// Our own parent sends one task and then requests, and nothing else.
const task = workerData as CoalitionTask
await startBackend(task.backend)
const runner = createCoalitionRunner(task)
let last: Promise<void> = Promise.resolve()
parentPort?.on('message', (request: OutputRequest) => {
  // An error ends this thread, and the parent hears of it.
  last = last.then(() => answer(request))
})

async function answer({ id, model, stopped }: OutputRequest): Promise<void> {
  const outputs = await runner.outputs(model, () => !isStopped(stopped))
  const message: OutputAnswer = { id, outputs }
  parentPort?.postMessage(message, outputs === undefined ? [] : [outputs.buffer as ArrayBuffer])
}
