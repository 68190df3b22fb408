/** Worker thread of worker-logits.ts: runs models over its share of the rows, one after the other, on a back end of its own. */
import { parentPort, workerData } from 'node:worker_threads'
import { startBackend } from '../backends/start-backend.ts'
import { type CoalitionTask, createCoalitionRunner } from './coalition-runner.ts'
import { isStopped } from './logit-source.ts'
import type { LogitAnswer, LogitRequest } from './worker-logits.ts'

// Our own parent sends one task and then requests, and nothing else.
const task = workerData as CoalitionTask
await startBackend(task.backend)
const runner = createCoalitionRunner(task)
let last: Promise<void> = Promise.resolve()
parentPort?.on('message', (request: LogitRequest) => {
  // An error ends this thread, and the parent hears of it.
  last = last.then(() => answer(request))
})

async function answer({ id, model, stopped }: LogitRequest): Promise<void> {
  const logits = await runner.logits(model, () => !isStopped(stopped))
  const message: LogitAnswer = { id, logits }
  parentPort?.postMessage(message, logits === undefined ? [] : [logits.buffer as ArrayBuffer])
}
