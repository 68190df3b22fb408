import { explainFailure } from './explain-failure.ts'

/**
 * Waits for a read and turns its failure into a sentence.
 * @throws {ChainError} RPC_FAILED when the node does not answer, or the custom error that the view reverted with.
 */
export function ask<T>(read: Promise<T>): Promise<T> {
  return read.catch((error: unknown) => {
    throw explainFailure(error)
  })
}
