import type { Fault } from '@fednode/protocol'
import type { Context } from './context.ts'
import type { ArgsOf, OptionSpecs } from './option.ts'

/** What a command leaves behind: `data` for --json, `text` for people (stdout, without a final newline). */
export type Outcome = {
  readonly data: unknown
  readonly text: string
  /** What the exit code says of a command that did its work and found something wrong; absent: 0. */
  readonly fault?: Fault
}

/**
 * The working half of a command, loaded only when it runs. `init` merges and validates without side effects; `run` does the work.
 * A `stream` command returns nothing: it has emitted its events.
 */
export type Handler<Args, Options> = {
  init(args: Args, context: Context): Options | Promise<Options>
  run(options: Options, context: Context): Promise<Outcome | undefined>
}

/** A command as declared: everything that help, docs and the parser need, cheap to import. */
export type Command = {
  /** Words after `fednode`: "join", "federation create". */
  readonly name: string
  /** One line without a final period. */
  readonly summary: string
  /** A line that works as printed, starting with "fednode "; several where a command does several things. */
  readonly example: string
  /** Positional arguments, in order; only the last may be repeated. */
  readonly arguments: OptionSpecs
  readonly options: OptionSpecs
  /** document: --json prints one envelope. stream: --json prints NDJSON events while it runs. */
  readonly output: 'document' | 'stream'
  load(): Promise<Handler<Readonly<Record<string, unknown>>, unknown>>
}

/** A command whose handler's argument types are checked against its declared options and arguments. */
export function defineCommand<
  const A extends OptionSpecs,
  const O extends OptionSpecs,
  Options,
>(spec: {
  readonly name: string
  readonly summary: string
  readonly example: string
  readonly arguments: A
  readonly options: O
  readonly output?: 'document' | 'stream'
  load(): Promise<Handler<NoInfer<ArgsOf<A> & ArgsOf<O>>, Options>>
}): Command {
  return {
    output: 'document',
    ...spec,
    // resolveArgs builds the record from these very specs, so its values have the types that ArgsOf says.
    load: spec.load as Command['load'],
  }
}
