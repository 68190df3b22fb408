import { EngineError } from '../errors.ts'
import type { Trainer } from '../models/trainer.ts'
import type { Dataset } from '../types.ts'

/** Steps after which the weights are copied from the device: as many have to be made again after a loss. */
const SNAPSHOT_STEPS = 64
/** A device that is lost more often in one training is broken. */
const MAX_LOSSES = 3

/**
 * A training that goes on when the device is lost: the back end is started again, and the steps since the last copy of the weights are
 * made again, so that the result is the same as without the loss.
 * @param create - a trainer that begins with the given weights; its dispose() has to bear a lost device.
 * @param options - `restart` brings the back end back.
 */
export function createSurvivingTrainer(
  create: (values: Float32Array) => Trainer,
  options: { readonly values: Float32Array; readonly restart: () => Promise<void> },
): Trainer {
  let trainer = create(options.values)
  let snapshot = options.values
  let since: { readonly data: Dataset; readonly rows: Uint32Array }[] = []
  let losses = 0
  let isLost = false
  const rebuild = async (): Promise<void> => {
    trainer.dispose()
    await options.restart()
    trainer = create(snapshot)
    for (const { data, rows } of since) await trainer.step(data, rows)
    isLost = false
  }
  const attempt = async <T>(work: () => Promise<T>): Promise<T> => {
    for (;;) {
      try {
        if (isLost) await rebuild()
        return await work()
      } catch (error) {
        if (!isLoss(error) || losses === MAX_LOSSES) throw error
        losses++
        isLost = true
      }
    }
  }
  return {
    async step(data, rows) {
      const loss = await attempt(() => trainer.step(data, rows))
      // The caller shuffles its rows in place.
      since.push({ data, rows: rows.slice() })
      if (since.length < SNAPSHOT_STEPS) return loss
      snapshot = await attempt(() => trainer.weights())
      since = []
      return loss
    },
    weights: () => attempt(() => trainer.weights()),
    dispose: () => trainer.dispose(),
  }
}

function isLoss(error: unknown): boolean {
  return error instanceof EngineError && error.code === 'DEVICE_LOST'
}
