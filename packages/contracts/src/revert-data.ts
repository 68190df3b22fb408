import { printable } from '@fednode/protocol'
import { BaseError, type Hex, isHex } from 'viem'

const MAX_DEPTH = 16
const MAX_REASON = 200

/** The bytes that a contract reverted with, wherever the node and viem put them; undefined when nothing reverted. */
export function revertDataOf(error: unknown): Hex | undefined {
  for (let at = error, depth = 0; isObject(at) && depth < MAX_DEPTH; depth += 1) {
    const found = dataIn(at)
    if (found !== undefined) return found
    at = 'cause' in at ? at.cause : undefined
  }
  return undefined
}

/** What viem or the node says, in one printable line (T23) and without the request, whose URL may hold a secret (T41). */
export function shortReason(error: unknown): string {
  return printable(firstLine(error), MAX_REASON)
}

function firstLine(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  const text = error instanceof BaseError ? error.details || error.shortMessage : error.message
  return text.split('\n', 1)[0] ?? ''
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
