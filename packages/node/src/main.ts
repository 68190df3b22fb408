import { type CommandTree, parseArgv } from './cli.ts'
import type { Io } from './framework/context.ts'
import { errorEnvelope } from './framework/envelope.ts'
import type { Failure } from './framework/failure.ts'

/** Exit code of a wrong command line (docs/exit-codes.md). */
const USAGE = 2

/**
 * Runs one command line to its end. Prints the result, or what went wrong; never throws.
 * @returns the exit code.
 */
export async function main(argv: readonly string[], tree: CommandTree, io: Io): Promise<number> {
  const parsed = parseArgv(argv, tree)
  if (parsed.kind === 'print') {
    io.stdout.write(parsed.text)
    return 0
  }
  const json = argv.includes('--json')
  if (parsed.kind === 'wrong') {
    const { command, message, hint } = parsed
    return await report({ code: 'USAGE', message, hint, exitCode: USAGE }, { command, json, io })
  }
  const command = parsed.invocation.command.name
  // Loaded late: `--help` needs none of it, and it brings the protocol package along.
  const { runCommand } = await import('./framework/run-command.ts')
  try {
    return await runCommand(parsed.invocation, io)
  } catch (error) {
    const { failureOf } = await import('./framework/failure.ts')
    return await report(failureOf(error, io.signal), { command, json, io })
  }
}

async function report(
  failure: Failure,
  { command, json, io }: { command: string; json: boolean; io: Io },
): Promise<number> {
  const { formatFailure } = await import('./framework/format-failure.ts')
  if (json) {
    const { code, message, hint } = failure
    const error = hint === undefined ? { code, message } : { code, message, hint }
    io.stdout.write(`${errorEnvelope(command, error)}\n`)
  }
  io.stderr.write(formatFailure(failure))
  return failure.exitCode
}
