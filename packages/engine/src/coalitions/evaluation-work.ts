import { availableParallelism } from 'node:os'
import { sizeOf } from '@fednode/protocol'
import type { LayerPlan } from '../models/layer-plan.ts'
import type { CoalitionModel } from '../types.ts'
import type { CoalitionTask } from './coalition-runner.ts'

/** Multiplications after which worker threads pay: starting two takes about as long as this many on one thread, half a second. */
const THREADED_MULTIPLICATIONS = 1e10
/** Fewer rows leave a thread waiting for its next model. */
const MIN_THREAD_ROWS = 64
const MAX_THREADS = 16

/** Multiplications of evaluating `models`, roughly. */
export function evaluationWork(task: CoalitionTask, models: readonly CoalitionModel[]): number {
  const { plan, data, keepsSums } = task
  const layers = plan.layers.map(layerWork)
  const all = layers.reduce((sum, layer) => sum + layer, 0)
  const first = layers.find((work) => work > 0) ?? 0
  const fromSums = models.filter(({ kind }) => keepsSums && kind === 'combination').length
  return data.count * (models.length * all - fromSums * first)
}

/** Every weight counts once for every place where it is used. */
function layerWork({ spec, input, output, tensors }: LayerPlan): number {
  const weights = tensors.reduce((sum, { size }) => sum + size, 0)
  switch (spec.className) {
    case 'Conv1D':
    case 'Conv2D':
    case 'DepthwiseConv2D':
      return sizeOf(output.slice(0, -1)) * weights
    case 'LSTM':
    case 'GRU':
      return (input[0] as number) * weights
    case 'Embedding':
      return sizeOf(output)
    default:
      return weights
  }
}

/** How many threads evaluate `rows` rows best when `work` multiplications are known to come; 1 is this one. */
export function threadsFor(work: number, rows: number): number {
  if (work < THREADED_MULTIPLICATIONS) return 1
  const most = Math.min(availableParallelism(), MAX_THREADS, Math.floor(rows / MIN_THREAD_ROWS))
  return Math.max(1, most)
}
