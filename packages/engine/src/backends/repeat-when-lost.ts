import { EngineError } from '../errors.ts'

/** A device that is lost more often in one training is broken. */
export const MAX_LOSSES = 3

/**
 * Does a piece of work again from its beginning when the device was lost in it.
 * @param restart - brings the back end back. @throws what the work throws; the fourth loss.
 */
export async function repeatWhenLost<T>(
  work: () => Promise<T>,
  restart: () => Promise<void>,
): Promise<T> {
  for (let losses = 0; ; losses++) {
    try {
      return await work()
    } catch (error) {
      if (!isLoss(error) || losses === MAX_LOSSES) throw error
      await restart()
    }
  }
}

/** Whether the device of a back end went away. */
export function isLoss(error: unknown): boolean {
  return error instanceof EngineError && error.code === 'DEVICE_LOST'
}
