import type { Outcome } from '../../../framework/command.ts'
import type { Context } from '../../../framework/context.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { type Resolved, withDirectory } from '../../../identity/with-directory.ts'
import { voteOn } from '../vote-on.ts'
import type { voteArguments, voteOptions } from './options.ts'

type Args = ArgsOf<typeof voteArguments> & ArgsOf<typeof voteOptions>
type Options = Resolved<Args>

export function init(args: Args, context: Context): Options {
  return withDirectory(args, context)
}

export function run(options: Options, context: Context): Promise<Outcome> {
  return voteOn(options.vote, options, context)
}
