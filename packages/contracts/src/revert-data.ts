import { BaseError, type Hex, isHex } from 'viem'

const MAX_DEPTH = 16

/** The bytes that a contract reverted with, wherever the node and viem put them; undefined when nothing reverted. */
export function revertDataOf(error: unknown): Hex | undefined {
  for (let at = error, depth = 0; isObject(at) && depth < MAX_DEPTH; depth += 1) {
    const found = dataIn(at)
    if (found !== undefined) return found
    at = 'cause' in at ? at.cause : undefined
  }
  return undefined
}

/** What viem or the node says, in one line and without the request (which may hold a secret URL). */
export function shortReason(error: unknown): string {
  if (!(error instanceof BaseError)) return error instanceof Error ? error.message : 'unknown'
  const details = error.details === '' ? error.shortMessage : error.details
  return details.split('\n', 1)[0] ?? ''
}

function dataIn(value: object): Hex | undefined {
  if (!('data' in value)) return undefined
  const { data } = value
  if (isHex(data)) return data
  // Some nodes wrap it once more.
  return isObject(data) && 'data' in data && isHex(data.data) ? data.data : undefined
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
