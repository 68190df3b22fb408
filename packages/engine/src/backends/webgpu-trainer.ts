import { EngineError } from '../errors.ts'
import type { Trainer } from '../models/trainer.ts'

/** A device that is lost more often in one training is broken. */
const MAX_LOSSES = 3

/**
 * A training that goes on when the device is lost: the back end is started again, and the steps so far are made again from the first, with
 * the state of their optimizer and what Dropout draws, so that the result is the same as without the loss.
 * @param create - a trainer at the start of the training; its dispose() has to bear a lost device.
 * @param restart - brings the back end back.
 */
export function createSurvivingTrainer(
  create: () => Trainer,
  restart: () => Promise<void>,
): Trainer {
  let trainer = create()
  const made: Uint32Array[] = []
  let losses = 0
  let isLost = false
  const rebuild = async (): Promise<void> => {
    trainer.dispose()
    await restart()
    trainer = create()
    for (const rows of made) await trainer.step(rows)
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
    async step(rows) {
      const loss = await attempt(() => trainer.step(rows))
      // The caller shuffles its rows in place.
      made.push(rows.slice())
      return loss
    },
    weights: () => attempt(() => trainer.weights()),
    dispose: () => trainer.dispose(),
  }
}

function isLoss(error: unknown): boolean {
  return error instanceof EngineError && error.code === 'DEVICE_LOST'
}
