import { Worker } from 'node:worker_threads'
import { EngineError } from '../errors.ts'
import type { CoalitionModel, Features } from '../types.ts'
import type { CoalitionTask } from './coalition-runner.ts'
import type { OutputSource, StopFlag } from './output-source.ts'

/** What a worker thread is asked for. */
export type OutputRequest = {
  readonly id: number
  readonly model: CoalitionModel
  readonly stopped: StopFlag
}

/** Outputs of the thread's own rows; undefined when it was stopped. */
export type OutputAnswer = { readonly id: number; readonly outputs: Float32Array | undefined }

type Pending = {
  readonly parts: (Float32Array | undefined)[]
  missing: number
  readonly resolve: (outputs: Float32Array | undefined) => void
  readonly reject: (error: EngineError) => void
}

/** Models under way at once: no thread waits while an answer is read. */
const LANES = 4
const WORKER = new URL('./output-worker.ts', import.meta.url)

/**
 * Runs every model on `threads` worker threads at once, each over its own share of the rows: one model is as fast as many, nothing is
 * computed twice, and no bit depends on the shares, because a row's outputs depend on no other row. Weights and features are in memory
 * that all threads share.
 */
export function createWorkerOutputs(task: CoalitionTask, threads: number): OutputSource {
  const pending = new Map<number, Pending>()
  let nextId = 0
  let failure: EngineError | undefined
  const fail = (error: EngineError): void => {
    failure ??= error
    for (const { reject } of pending.values()) reject(error)
    pending.clear()
  }
  const workers = sharesOf(task, threads).map((share, index) => {
    const worker = new Worker(WORKER, { workerData: share })
    worker.on('message', (answer: OutputAnswer) => collect(pending, answer, index))
    worker.on('error', (cause) => fail(workerFailed(String(cause), cause)))
    worker.on('exit', () => fail(workerFailed('it ended')))
    return worker
  })
  return {
    lanes: LANES,
    outputs(model, stopped) {
      if (failure !== undefined) return Promise.reject(failure)
      const id = nextId++
      const { promise, resolve, reject } = Promise.withResolvers<Float32Array | undefined>()
      pending.set(id, { parts: [], missing: workers.length, resolve, reject })
      const request: OutputRequest = { id, model, stopped }
      for (const worker of workers) worker.postMessage(request)
      return promise
    },
    async dispose() {
      fail(new EngineError('The coalition evaluator was disposed', { code: 'ENGINE_DISPOSED' }))
      await Promise.all(workers.map((worker) => worker.terminate()))
    },
  }
}

function collect(pending: Map<number, Pending>, answer: OutputAnswer, index: number): void {
  const request = pending.get(answer.id)
  if (request === undefined) return
  request.parts[index] = answer.outputs
  request.missing--
  if (request.missing > 0) return
  pending.delete(answer.id)
  request.resolve(joined(request.parts))
}

/** All rows' outputs in order; undefined when one thread has stopped. */
function joined(parts: readonly (Float32Array | undefined)[]): Float32Array | undefined {
  const whole = parts.filter((part) => part !== undefined)
  if (whole.length < parts.length) return undefined
  const outputs = new Float32Array(whole.reduce((sum, part) => sum + part.length, 0))
  let offset = 0
  for (const part of whole) {
    outputs.set(part, offset)
    offset += part.length
  }
  return outputs
}

/** The task of each thread: the same weights, its own rows. */
function sharesOf(task: CoalitionTask, threads: number): CoalitionTask[] {
  const { data } = task
  const shared = {
    ...task,
    base: toShared(task.base),
    updates: task.updates.map(toShared),
    data: { ...data, features: toShared(data.features) },
  }
  return Array.from({ length: threads }, (_, i) => {
    const start = Math.floor((data.count * i) / threads)
    const end = Math.floor((data.count * (i + 1)) / threads)
    return { ...shared, data: rowsOf(shared.data, start, end) }
  })
}

function rowsOf(data: Features, start: number, end: number): Features {
  const width = data.features.length / data.count
  return {
    ...data,
    count: end - start,
    features: data.features.subarray(start * width, end * width),
  }
}

/** The same numbers in memory that threads share; themselves when they are in such memory already. */
function toShared<T extends Float32Array | Uint8Array>(values: T): T {
  if (values.buffer instanceof SharedArrayBuffer) return values
  const bytes = new Uint8Array(new SharedArrayBuffer(values.byteLength))
  bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
  // The constructor of one of the two types, which all take a buffer.
  const View = values.constructor as new (buffer: SharedArrayBuffer) => T
  return new View(bytes.buffer)
}

function workerFailed(reason: string, cause?: unknown): EngineError {
  const options = cause === undefined ? undefined : { cause }
  const message = `A thread that evaluates coalitions failed: ${reason}`
  return new EngineError(message, { code: 'WORKER_FAILED', reason }, options)
}
