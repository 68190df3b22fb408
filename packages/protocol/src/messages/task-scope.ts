import { createHash } from 'node:crypto'
import type { AddressText } from '../ids.ts'

const ADDRESS_DIGITS = 40

/**
 * What connections and bindings of one task of the arena are bound to in place of a Scenario's address (T3): the last 20 bytes of SHA-256
 * over its number in the StakeManager, which names its contract, so that nobody is taken for a member of another task.
 */
export function taskScope(task: bigint): AddressText {
  const text = `fednode/task-scope/1\n${task}`
  return `0x${createHash('sha256').update(text).digest('hex').slice(-ADDRESS_DIGITS)}`
}
