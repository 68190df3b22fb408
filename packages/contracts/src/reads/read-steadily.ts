import { setTimeout as sleep } from 'node:timers/promises'
import { ChainError } from '../chain-error.ts'

/** How often a node that contradicts itself is asked in all. */
const MAX_TRIES = 4
/** Pause before the second try, in ms; each later one is longer by as much. */
const PAUSE_MS = 100

/**
 * Codes of what cannot be at one block: a client below the count that does not exist, fewer registrations than are counted. A node
 * that answers while it takes in a block (anvil does), or several nodes behind one address, show it for a moment.
 */
const CONTRADICTIONS: readonly string[] = ['UNKNOWN_CLIENT', 'REGISTRATIONS_INCOMPLETE']

/**
 * A read made of several calls, made anew while the node's answers contradict each other.
 * @throws {ChainError} what the last try threw.
 */
export async function readSteadily<T>(read: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await read()
    } catch (error) {
      if (tries === MAX_TRIES || !isContradiction(error)) throw error
      await sleep(PAUSE_MS * tries)
    }
  }
}

function isContradiction(error: unknown): boolean {
  return error instanceof ChainError && CONTRADICTIONS.includes(error.info.code)
}
