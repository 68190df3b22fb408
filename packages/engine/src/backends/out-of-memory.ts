import { EngineError } from '../errors.ts'
import type { BackendName } from '../types.ts'

const MEBIBYTE = 1_048_576
/** What JavaScript says where an array does not fit, and TensorFlow where a tensor does not. */
const ARRAY = /Array buffer allocation failed|Invalid typed array length/
const TENSOR = /OOM when allocating|out of memory|bad_alloc/i

/** The error of a back end that has no room for a tensor. @param neededBytes - of all tensors together. */
export function outOfMemory(neededBytes: number, where: string, cause?: unknown): EngineError {
  const needed = Math.ceil(neededBytes / MEBIBYTE).toLocaleString('en-US')
  const advice = 'take smaller batches or a smaller model, or another engine'
  return new EngineError(
    `Out of memory: ${needed} MiB of tensors were needed, and ${where}; ${advice}`,
    { code: 'OUT_OF_MEMORY', neededBytes },
    cause === undefined ? undefined : { cause },
  )
}

/**
 * Does work on a back end that itself does not say how much it lacks.
 * @param needed - bytes of tensors that the work needs at least.
 * @throws {EngineError} OUT_OF_MEMORY instead of what JavaScript or TensorFlow throw for want of memory; all else as it is.
 */
export async function explainMemory<T>(
  backend: BackendName,
  needed: () => number,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!isForWantOfMemory(error)) throw error
    throw outOfMemory(needed(), `${backend} had no room for all of them`, error)
  }
}

function isForWantOfMemory(error: unknown): boolean {
  if (!(error instanceof Error) || error instanceof EngineError) return false
  return (error instanceof RangeError && ARRAY.test(error.message)) || TENSOR.test(error.message)
}
