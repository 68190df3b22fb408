import { EXIT_CODES, type Fault, type FedError, UserError } from '@fednode/protocol'
import { LocalError } from './local-error.ts'

const FAULTS = Object.keys(EXIT_CODES) as Fault[]

/** How a process of ours ended, and its last lines. */
export type ChildEnd = {
  readonly name: string
  readonly exitCode: number | null
  readonly signal: string | null
  readonly output: string
}

/**
 * The error of a process that ended before its time. A child that blames the user, the network or the data by its exit code is
 * believed: this process ends with the same code.
 */
export function childEnded(end: ChildEnd): FedError {
  const how = end.signal === null ? `exit ${end.exitCode}` : end.signal
  const message = `the process of ${end.name} ended unexpectedly (${how})\n${end.output}`
  const fault = FAULTS.find((candidate) => EXIT_CODES[candidate] === end.exitCode)
  if (fault !== undefined) return new UserError(fault, message, { code: 'LOCAL_CHILD_ENDED' })
  return new LocalError(message, { code: 'LOCAL_CHILD_ENDED', ...end })
}
