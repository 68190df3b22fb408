/**
 * Child process of bench/train.ts: trains a model with tfjs-layers on a back end, predicts with it, and prints samples per second as
 * JSON (EngineRates), or null where the back end does not start. On wasm and cpu seconds are CPU time of the one thread that trains: on an idle machine they
 * are seconds, on a busy one still comparable. Others work elsewhere: seconds on the clock.
 * Usage: measure-engine.ts stock|ours BACKEND MODEL SECONDS ENGINES, the last the folder of installed engines. Each has a process of its
 * own, because kernels are replaced process-wide.
 */
import process from 'node:process'
import '@tensorflow/tfjs-backend-cpu'
import '@tensorflow/tfjs-backend-wasm'
import * as tf from '@tensorflow/tfjs-core'
import { startBackend } from '../../src/backends/start-backend.ts'
import { webgpuAdapter } from '../../src/backends/webgpu-backend.ts'
import type { BackendName } from '../../src/types.ts'
import { BENCH_MODELS, randomBatch } from './bench-models.ts'
import { registerNaiveFilterGradient } from './naive-filter-gradient.ts'

/** Samples per second of each repetition. */
export type EngineRates = { readonly train: number[]; readonly forward: number[] }

const REPETITIONS = 3
const LEARNING_RATE = 0.01

const [way, backend = '', name = '', secondsText, directory = ''] = process.argv.slice(2)
const enough = Number(secondsText) / REPETITIONS
process.stdout.write(JSON.stringify((await start()) ? await measure() : null))

async function start(): Promise<boolean> {
  tf.enableProdMode()
  try {
    // What bench/train.ts names.
    if (way === 'ours') await startBackend(backend as BackendName, { directory })
    else await tf.setBackend(backend)
  } catch {
    return false
  }
  // A graphics adapter in software takes hours for these models, and tells nothing.
  if (backend === 'webgpu' && webgpuAdapter()?.isFallbackAdapter === true) return false
  if (way === 'stock' && backend === 'wasm') registerNaiveFilterGradient()
  return true
}

/** Rates of training and of predicting alone. */
async function measure(): Promise<EngineRates | undefined> {
  const model = BENCH_MODELS[name]
  if (model === undefined) return undefined
  const stock = model.build()
  const loss = model.classes === 0 ? 'meanSquaredError' : 'categoricalCrossentropy'
  stock.compile({ optimizer: tf.train.sgd(LEARNING_RATE), loss })
  const batch = backend === 'cpu' ? (model.cpuBatch ?? model.batch) : model.batch
  const { x, y } = randomBatch(model, batch)
  const train = () => stock.trainOnBatch(x, y)
  const predict = async () => {
    const out = stock.predictOnBatch(x) as tf.Tensor
    await out.data()
    out.dispose()
  }
  return { train: await ratesOf(batch, train), forward: await ratesOf(batch, predict) }
}

async function ratesOf(batch: number, work: () => Promise<unknown>): Promise<number[]> {
  const first = startClock()
  await work()
  const seconds = first()
  // Where doing it once takes longer than all should, that stands for them; otherwise it only lets the compilers settle.
  if (seconds > enough * REPETITIONS) return [batch / seconds]
  const rates: number[] = []
  for (let i = 0; i < REPETITIONS; i++) {
    const elapsed = startClock()
    let count = 0
    while (count === 0 || elapsed() < enough) {
      await work()
      count++
    }
    rates.push((count * batch) / elapsed())
  }
  return rates
}

/** Seconds from now on. */
function startClock(): () => number {
  if (backend !== 'wasm' && backend !== 'cpu') {
    const started = performance.now()
    return () => (performance.now() - started) / 1e3
  }
  const started = process.threadCpuUsage()
  return () => {
    const { user, system } = process.threadCpuUsage(started)
    return (user + system) / 1e6
  }
}
