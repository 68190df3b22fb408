import { EXIT_CODES, type Fault, type FedError, UserError } from '@fednode/protocol'
import { z } from 'zod'
import { LocalError } from './local-error.ts'

const FAULTS = Object.keys(EXIT_CODES) as Fault[]

const errorEnvelope = z.object({
  status: z.literal('error'),
  error: z.object({ code: z.string(), message: z.string(), hint: z.string().optional() }),
})

/** What a process of ours said of its own failure, on stdout because of --json. */
export type ChildProblem = z.infer<typeof errorEnvelope>['error']

/** How a process of ours ended, and its last lines. */
export type ChildEnd = {
  readonly name: string
  readonly exitCode: number | null
  readonly signal: string | null
  readonly output: string
  readonly problem: ChildProblem | undefined
}

/** Reads the error envelope of a command with --json; undefined for any other line. */
export function parseChildProblem(line: string): ChildProblem | undefined {
  if (!line.includes('"error"')) return undefined
  try {
    return errorEnvelope.safeParse(JSON.parse(line)).data?.error
  } catch {
    // Not JSON, so no envelope.
    return undefined
  }
}

/**
 * The error of a process that ended before its time. A child that blames the user, the network or the data by its exit code is
 * believed: this process ends with the same code, and in the child's words.
 */
export function childEnded({ problem, ...end }: ChildEnd): FedError {
  const fault = FAULTS.find((candidate) => EXIT_CODES[candidate] === end.exitCode)
  if (fault !== undefined && problem !== undefined) {
    const { code, message, hint } = problem
    const options = hint === undefined ? { code } : { code, hint }
    return new UserError(fault, `${end.name}: ${message}`, options)
  }
  const how = end.signal === null ? `exit ${end.exitCode}` : end.signal
  const message = `the process of ${end.name} ended unexpectedly (${how})\n${end.output}`
  if (fault !== undefined) return new UserError(fault, message, { code: 'LOCAL_CHILD_ENDED' })
  return new LocalError(message, { code: 'LOCAL_CHILD_ENDED', ...end })
}
