import { availableParallelism } from 'node:os'
import { multiplicationsOf } from '../models/multiplications.ts'
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
  const layers = multiplicationsOf(plan.layers)
  const all = layers.reduce((sum, layer) => sum + layer, 0)
  const first = layers.find((work) => work > 0) ?? 0
  const fromSums = models.filter(({ kind }) => keepsSums && kind === 'combination').length
  return data.count * (models.length * all - fromSums * first)
}

/** How many threads evaluate `rows` rows best when `work` multiplications are known to come; 1 is this one. */
export function threadsFor(work: number, rows: number): number {
  if (work < THREADED_MULTIPLICATIONS) return 1
  const most = Math.min(availableParallelism(), MAX_THREADS, Math.floor(rows / MIN_THREAD_ROWS))
  return Math.max(1, most)
}
