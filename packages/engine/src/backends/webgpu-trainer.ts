import type { Trainer } from '../models/trainer.ts'
import type { Dataset } from '../types.ts'
import { isLoss, MAX_LOSSES } from './repeat-when-lost.ts'

/**
 * A training that goes on when the device is lost: the back end is started again, and the steps so far are made again from the first, with
 * the state of their optimizer and what Dropout draws, so that the result is the same as without the loss. The data of every step have to
 * stay as they are.
 * @param create - a trainer at the start of the training; its dispose() has to bear a lost device.
 * @param restart - brings the back end back.
 */
export function createSurvivingTrainer(
  create: () => Trainer,
  restart: () => Promise<void>,
): Trainer {
  let trainer = create()
  const made: { readonly rows: Uint32Array; readonly data: Dataset }[] = []
  let losses = 0
  let isLost = false
  const rebuild = async (): Promise<void> => {
    trainer.dispose()
    await restart()
    trainer = create()
    for (const { rows, data } of made) await trainer.step(rows, data)
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
    async step(rows, data) {
      const loss = await attempt(() => trainer.step(rows, data))
      // The caller shuffles its rows in place.
      made.push({ rows: rows.slice(), data })
      return loss
    },
    weights: () => attempt(() => trainer.weights()),
    dispose: () => trainer.dispose(),
  }
}
