import { setImmediate as nextTurn } from 'node:timers/promises'
import type { TrainingPlan } from '@fednode/protocol'
import { activateBackend } from '../backends/start-backend.ts'
import { EngineError } from '../errors.ts'
import type { Trainer } from '../models/trainer.ts'
import { type Random, shuffle } from '../random.ts'
import type { BackendName, TrainingProgress } from '../types.ts'
import type { RowWindows } from './row-windows.ts'

/** A pass over the rows that has ended. */
export type Pass = {
  /** Mean loss of the rows that it went over. */
  readonly loss: number
  /** Steps since the training began. */
  readonly steps: number
}

/** What passes over rows need. */
export type PassOptions = {
  readonly backend: BackendName
  readonly trainer: Trainer
  readonly plan: TrainingPlan
  /** Rows to train on; shuffled in place before every pass. */
  readonly rows: Uint32Array
  readonly windows: RowWindows
  readonly random: Random
  readonly onProgress?: ((progress: TrainingProgress) => void) | undefined
  readonly signal?: AbortSignal | undefined
}

/**
 * Goes over the rows in shuffled batches until the plan's epochs or steps are done, and says after every pass how it was; whoever stops
 * asking ends the training. The last batch of a pass may be smaller, the last pass of `steps` shorter.
 * @throws {EngineError} NOT_FINITE names the step, TRAINING_ABORTED.
 */
export async function* runPasses(options: PassOptions): AsyncGenerator<Pass> {
  const { backend, trainer, plan, rows, windows, random, onProgress, signal } = options
  const { batchSize } = plan
  const steps = countSteps(plan, rows.length)
  let step = 0
  for (let epoch = 1; step < steps; epoch++) {
    shuffle(rows, random)
    let sum = 0
    let seen = 0
    const wanted = rows.subarray(0, (steps - step) * batchSize)
    for await (const { data, rows: window } of windows.of(wanted, signal)) {
      for (let start = 0; start < window.length; start += batchSize) {
        if (signal?.aborted) throw aborted(signal)
        activateBackend(backend)
        const batch = window.subarray(start, start + batchSize)
        const loss = await trainer.step(batch, data)
        step++
        checkLoss(loss, step)
        sum += loss * batch.length
        seen += batch.length
        onProgress?.({ epoch, step, steps, loss })
        await nextTurn()
      }
    }
    yield { loss: sum / seen, steps: step }
  }
}

function countSteps({ epochs = 1, steps, batchSize }: TrainingPlan, rows: number): number {
  return steps ?? epochs * Math.ceil(rows / batchSize)
}

function checkLoss(loss: number, step: number): void {
  if (Number.isFinite(loss)) return
  const what = `training loss of step ${step}`
  throw new EngineError(`The ${what} is ${loss}`, { code: 'NOT_FINITE', what })
}

function aborted(signal: AbortSignal): EngineError {
  return new EngineError(
    'Training was aborted',
    { code: 'TRAINING_ABORTED' },
    { cause: signal.reason },
  )
}
