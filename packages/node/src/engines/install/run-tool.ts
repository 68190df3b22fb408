import { spawn } from 'node:child_process'
import { type Fault, UserError } from '@fednode/protocol'

/** A program of the system that the installation calls. */
export type Tool = {
  readonly command: string
  readonly args: readonly string[]
  /** Completes "… is not on this machine: it is needed to …". */
  readonly purpose: string
  /** What to do where the program is missing. */
  readonly whenMissing: string
  /** Who has to act when it fails, and what to do. */
  readonly whenFailing: { readonly fault: Fault; readonly hint: string }
}

const MAX_OUTPUT = 1_048_576
const NO_NETWORK =
  /ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|ENETUNREACH|Failed to establish a new connection|Temporary failure in name resolution|NewConnectionError|Connection refused/i

/**
 * Runs a program to its end and gives what it printed on stdout.
 * @throws {UserError} data TOOL_MISSING, TOOL_FAILED; network NO_NETWORK, when that is what it complains of.
 */
export async function runTool(
  tool: Tool,
  { env, signal }: { readonly env: NodeJS.ProcessEnv; readonly signal: AbortSignal },
): Promise<string> {
  const { command, args, purpose, whenMissing } = tool
  const child = spawn(command, [...args], { env, signal, stdio: ['ignore', 'pipe', 'pipe'] })
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  let out = ''
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out = (out + text).slice(-MAX_OUTPUT)
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-MAX_OUTPUT)
  })
  child.on('error', (cause) => {
    const isMissing = 'code' in cause && cause.code === 'ENOENT'
    if (!isMissing) return reject(cause)
    const message = `${command} is not on this machine: it is needed to ${purpose}`
    reject(new UserError('data', message, { code: 'TOOL_MISSING', hint: whenMissing, cause }))
  })
  child.on('close', (code, killed) => {
    if (code === 0) resolve(out)
    else
      reject(failed(tool, `${out}\n${said}`, code === null ? `signal ${killed}` : `exit ${code}`))
  })
  return await promise
}

function failed({ command, purpose, whenFailing }: Tool, said: string, end: string): UserError {
  if (NO_NETWORK.test(said)) {
    return new UserError('network', `${command} reached no package registry to ${purpose}`, {
      code: 'NO_NETWORK',
      hint: whenFailing.hint,
    })
  }
  const message = `${command} could not ${purpose} (${end}): ${complaintOf(said)}`
  return new UserError(whenFailing.fault, message, { code: 'TOOL_FAILED', hint: whenFailing.hint })
}

/** The first line that says "error", or the last one. */
function complaintOf(said: string): string {
  const lines = said.split('\n').map((line) => line.trim())
  const told = lines.filter((line) => line !== '')
  return told.find((line) => /\berror\b/i.test(line)) ?? told.at(-1) ?? 'it said nothing'
}
