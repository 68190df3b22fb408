/** Worker thread of shard-workers.ts: computes gradients of one shard after the other, on a back end of its own. */
import { parentPort, workerData } from 'node:worker_threads'
import { readTensor } from '../backends/engine-read.ts'
import { startBackend } from '../backends/start-backend.ts'
import { createGradient, writtenLayers } from '../models/create-gradient.ts'
import { loadGradients } from '../models/load-gradients.ts'
import { computeShard } from './compute-shard.ts'
import type { ShardAnswer, ShardRequest, ShardTask } from './shard-task.ts'

// Our own parent sends one task and then requests, and nothing else.
const task = workerData as ShardTask
await startBackend(task.backend)
if (writtenLayers(task) === undefined) await loadGradients()
const gradient = createGradient({ ...task, read: (tensor) => readTensor(task.backend, tensor) })
let last: Promise<void> = Promise.resolve()
parentPort?.on('message', (request: ShardRequest) => {
  // An error ends this thread, and the parent hears of it.
  last = last.then(() => answer(request))
})
say({ kind: 'ready' })

async function answer(request: ShardRequest): Promise<void> {
  const loss = await computeShard(gradient, task.weights, request)
  say({ kind: 'done', shard: request.shard, loss })
}

function say(message: ShardAnswer): void {
  parentPort?.postMessage(message)
}
