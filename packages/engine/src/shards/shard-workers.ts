import { Worker } from 'node:worker_threads'
import type { Tensor } from '@tensorflow/tfjs-core'
import { copyTensors } from '../backends/copy-tensors.ts'
import type { GradientBatch, GradientWork } from '../models/loss-gradient.ts'
import { pickRows } from '../training/pick-rows.ts'
import type { ShardAnswer, ShardRequest, ShardTask } from './shard-task.ts'

/** Gradients of a shard in shared memory, one tensor after the other as the weights; valid until the next step. */
export type ShardResult = { readonly loss: number; readonly gradients: Float32Array }

/** Threads that compute gradients of shards. */
export type ShardWorkers = {
  /** How many can take a shard now: none before they have started, fewer once some have died. */
  ready(): number
  /** Weights of the wasm back end for the shards asked for next; all of those before have to be answered. */
  setWeights(weights: readonly Tensor[]): void
  /** @param worker - below ready(). @returns undefined when that thread died, so that the shard has to be computed elsewhere. */
  compute(worker: number, batch: GradientBatch): Promise<ShardResult | undefined>
  /** Ends the threads. */
  end(): Promise<void>
}

type Resolve = (loss: number | undefined) => void
type Thread = { readonly worker: Worker; readonly pending: Map<number, Resolve> }

const WORKER = new URL('./shard-worker.ts', import.meta.url)

/** Starts `count` threads. Weights and gradients are in memory that all threads share, rows are copied to the thread that needs them. */
export function startShardWorkers(
  { backend, model, plan, seed, classWeights }: GradientWork,
  count: number,
): ShardWorkers {
  const weights = sharedFloats(model.size)
  const workerData: ShardTask = { backend, model, plan, seed, classWeights, weights }
  const ready: Thread[] = []
  const threads = Array.from({ length: count }, () => startThread(workerData, ready))
  const targets: Float32Array[] = []
  let shapes: ShardRequest['shapes'] = []
  return {
    ready: () => ready.length,
    setWeights(tensors) {
      shapes = tensors.map(({ shape }) => shape)
      copyTensors(tensors, weights)
    },
    async compute(index, { shard, step, batchRows, rows, data }) {
      const thread = ready[index]
      if (thread === undefined) return undefined
      targets[shard] ??= sharedFloats(model.size)
      const gradients = targets[shard]
      const picked = pickRows(data, rows)
      const request = { shard, step, batchRows, shapes, target: gradients, data: picked }
      const loss = await ask(thread, request)
      return loss === undefined ? undefined : { loss, gradients }
    },
    async end() {
      await Promise.all(threads.map(({ worker }) => worker.terminate()))
    },
  }
}

/** A thread that joins `ready` when it has started, and leaves when it has died. */
function startThread(workerData: ShardTask, ready: Thread[]): Thread {
  const thread: Thread = { worker: new Worker(WORKER, { workerData }), pending: new Map() }
  const { worker, pending } = thread
  const settle = (shard: number, loss: number | undefined): void => {
    pending.get(shard)?.(loss)
    pending.delete(shard)
  }
  worker.on('message', (answer: ShardAnswer) => {
    if (answer.kind === 'ready') ready.push(thread)
    else settle(answer.shard, answer.loss)
  })
  // Without a listener an error of the thread would end the process; that the thread then exits is all that matters.
  worker.on('error', () => undefined)
  worker.on('exit', () => {
    if (ready.includes(thread)) ready.splice(ready.indexOf(thread), 1)
    for (const shard of [...pending.keys()]) settle(shard, undefined)
  })
  return thread
}

function ask({ worker, pending }: Thread, request: ShardRequest): Promise<number | undefined> {
  const { promise, resolve } = Promise.withResolvers<number | undefined>()
  pending.set(request.shard, resolve)
  // Picked rows are a copy that nobody else has.
  worker.postMessage(request, [request.data.features.buffer as ArrayBuffer])
  return promise
}

function sharedFloats(count: number): Float32Array {
  return new Float32Array(new SharedArrayBuffer(count * Float32Array.BYTES_PER_ELEMENT))
}
