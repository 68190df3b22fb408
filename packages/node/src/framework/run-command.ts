import path from 'node:path'
import { EXIT_CODES } from '@fednode/protocol'
import { loadConfig } from '../config/load-config.ts'
import { readDebugOrders } from '../debug/read-debug-orders.ts'
import { createLogger } from '../runtime/logger.ts'
import { cleanText } from './clean-line.ts'
import type { Command } from './command.ts'
import type { Context, Io } from './context.ts'
import { okEnvelope } from './envelope.ts'
import { jsonLines } from './json-lines.ts'
import type { OptionSpecs } from './option.ts'
import { type RawArgs, resolveArgs, resolvePositionals } from './resolve-args.ts'
import { sharedOptions } from './shared-options.ts'

/** What the parser found for one command. */
export type Invocation = {
  readonly command: Command
  readonly flags: RawArgs
  readonly positionals: RawArgs
}

/**
 * Resolves the options, loads the handler and runs it.
 * @returns the exit code, when the command is done and its result is on stdout.
 */
export async function runCommand(invocation: Invocation, io: Io): Promise<number> {
  const { command } = invocation
  const args = await resolveInvocation(invocation, io)
  const context = createContext(args, io)
  const handler = await command.load()
  // Loading takes longer than some people wait with Ctrl-C.
  io.signal.throwIfAborted()
  const options = await handler.init(args, context)
  const outcome = await handler.run(options, context)
  if (outcome === undefined) return 0
  const line = context.json ? okEnvelope(command.name, outcome.data) : cleanText(outcome.text)
  if (line !== '') io.stdout.write(`${line}\n`)
  return outcome.fault === undefined ? 0 : EXIT_CODES[outcome.fault]
}

/** All values of one invocation, by key; shared options included. */
export async function resolveInvocation(
  { command, flags, positionals }: Invocation,
  io: Pick<Io, 'env' | 'cwd'>,
): Promise<Record<string, unknown>> {
  const specs: OptionSpecs = { ...sharedOptions, ...command.options }
  const config = await configOf(specs, flags, io)
  return {
    ...resolvePositionals(command.arguments, positionals),
    ...resolveArgs(specs, { flags, env: io.env, config }),
  }
}

async function configOf(specs: OptionSpecs, flags: RawArgs, io: Pick<Io, 'env' | 'cwd'>) {
  const none = { file: 'config.yaml', values: {} }
  const spec = specs.dir
  if (spec === undefined) return none
  // --dir itself cannot come from the file that lies in it.
  const { dir } = resolveArgs({ dir: spec }, { flags, env: io.env, config: none })
  return typeof dir === 'string' ? await loadConfig(path.resolve(io.cwd, dir)) : none
}

function createContext(args: Readonly<Record<string, unknown>>, io: Io): Context {
  const json = args.json === true
  const level =
    typeof args.logLevel === 'string' ? args.logLevel : io.isTty.stderr ? 'warn' : 'info'
  return {
    ...io,
    ...readDebugOrders(io.env, io),
    json,
    logger: createLogger({ level }, io.stderr),
    emit: json ? jsonLines(io.stdout) : () => {},
  }
}
