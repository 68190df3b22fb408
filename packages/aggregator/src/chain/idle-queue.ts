import type { ChainQueue } from './queue.ts'

/** The queue of a federation without a chain: nothing is ever carried out, and nothing is waited for. */
export function idleQueue(): ChainQueue {
  return { start() {}, wake() {}, drained: async () => {}, stop: async () => {} }
}
