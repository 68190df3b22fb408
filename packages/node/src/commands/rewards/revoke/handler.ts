import { revokeRewardRoot } from '@fednode/contracts'
import type { Outcome } from '../../../framework/command.ts'
import type { Context } from '../../../framework/context.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { type Resolved, withDirectory } from '../../../identity/with-directory.ts'
import { decideOnRoot, type RootDecision } from '../decide-on-root.ts'
import type { revokeOptions } from './options.ts'

type Args = ArgsOf<typeof revokeOptions>
type Options = Resolved<Args>

const DECISION: RootDecision = {
  verb: 'revoke',
  question: 'Revoke?',
  done: (name) => `revoked ${name}; it never counts`,
  send: revokeRewardRoot,
}

export function init(args: Args, context: Context): Options {
  return withDirectory(args, context)
}

/** @throws {UserError} refused NO_ROOT_PENDING. */
export async function run(options: Options, context: Context): Promise<Outcome> {
  return decideOnRoot(DECISION, options, context)
}
