import {
  type AbiParameter,
  BaseError,
  decodeErrorResult,
  type Hex,
  HttpRequestError,
  InsufficientFundsError,
  RpcRequestError,
  SocketClosedError,
  TimeoutError,
  WebSocketRequestError,
} from 'viem'
import { ChainError, type ChainErrorDetails } from './chain-error.ts'
import { type FamilyErrorName, familyErrorsAbi } from './family-errors.ts'
import { revertDataOf, shortReason } from './revert-data.ts'
import type { RevertSentence, RevertValues } from './revert-sentence.ts'
import { REVERT_SENTENCES } from './revert-sentences.ts'

const TRANSPORT_ERRORS = [
  HttpRequestError,
  SocketClosedError,
  TimeoutError,
  WebSocketRequestError,
] as const

/**
 * Turns whatever viem threw into a sentence: custom errors of the family by name, reason strings, failures of the node. A
 * ChainError passes as it is; its `details` are kept.
 */
export function explainFailure(error: unknown, details: ChainErrorDetails = {}): ChainError {
  if (error instanceof ChainError) return error
  const data = revertDataOf(error)
  const reverted = data === undefined || data === '0x' ? undefined : explainRevertData(data)
  if (reverted !== undefined) {
    const { message, ...options } = reverted
    return new ChainError(message, {
      ...options,
      cause: error,
      details: { ...reverted.details, ...details },
    })
  }
  const { code, message, ...hint } = explainNode(error)
  return new ChainError(message, { code, ...hint, cause: error, details })
}

/** Code of a custom error: NotFederator is NOT_FEDERATOR. */
export function codeOfError(name: string): string {
  return name.replace(/(?<=[a-z0-9])[A-Z]|(?<=[A-Z])[A-Z](?=[a-z])/g, '_$&').toUpperCase()
}

type Explained = ConstructorParameters<typeof ChainError>[1] & { readonly message: string }

function explainRevertData(data: Hex): Explained | undefined {
  const decoded = decode(data)
  if (decoded === undefined) return undefined
  const { name, values } = decoded
  const { say, ...rest } = REVERT_SENTENCES[name] as RevertSentence<FamilyErrorName>
  // `values` was decoded by the very ABI item that the sentence's type comes from.
  const message = say(values as RevertValues<FamilyErrorName>)
  const texts = Object.entries(values).map(([key, value]) => [key, String(value)])
  return {
    ...rest,
    message,
    code: codeOfError(name),
    details: { revert: name, values: Object.fromEntries(texts) },
  }
}

type Decoded = { name: FamilyErrorName; values: Record<string, unknown> }

function decode(data: Hex): Decoded | undefined {
  try {
    const { abiItem, errorName, args } = decodeErrorResult({ abi: familyErrorsAbi, data })
    if (!(errorName in REVERT_SENTENCES)) return undefined
    const inputs: readonly AbiParameter[] = abiItem.inputs
    const values = inputs.map((input, at) => [input.name ?? `_${at}`, args?.[at]])
    return { name: errorName, values: Object.fromEntries(values) }
  } catch {
    // Another contract's error, Error(string) or Panic: the node's own words are the best there is.
    return undefined
  }
}

function explainNode(error: unknown): { code: string; message: string; hint?: string } {
  if (has(error, InsufficientFundsError) || /insufficient funds/i.test(shortReason(error))) {
    return {
      code: 'NO_GAS_MONEY',
      message: 'the account cannot pay for gas',
      hint: "Send it some of the chain's native coin.",
    }
  }
  if (TRANSPORT_ERRORS.some((type) => has(error, type))) {
    return { code: 'RPC_FAILED', message: `the chain does not answer (${shortReason(error)})` }
  }
  if (has(error, RpcRequestError)) {
    return { code: 'CHAIN_REVERTED', message: `the chain refused the call (${shortReason(error)})` }
  }
  return { code: 'CHAIN_FAILED', message: `the chain call failed (${shortReason(error)})` }
}

function has(error: unknown, type: abstract new (...given: never[]) => Error): boolean {
  if (!(error instanceof BaseError)) return false
  return error.walk((at) => at instanceof type) !== null
}
