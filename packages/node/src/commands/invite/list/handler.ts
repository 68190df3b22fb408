import path from 'node:path'
import type { Outcome } from '../../../framework/command.ts'
import type { Context } from '../../../framework/context.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { textTable } from '../../../framework/text-table.ts'
import { type KeptInvite, readInvites } from '../../../invite/invite-list.ts'
import type { directoryOptions } from '../../../options/directory.ts'

type Options = { readonly directory: string }

export function init(args: ArgsOf<typeof directoryOptions>, { cwd }: Context): Options {
  return { directory: path.resolve(cwd, args.dir) }
}

export async function run({ directory }: Options, { now }: Context): Promise<Outcome> {
  const kept = await readInvites(directory)
  const invites = kept.map((invite) => ({ ...invite, state: stateOf(invite, now()) }))
  if (invites.length === 0) return { data: { invites }, text: `${directory} gave out no invite` }
  const rows = invites.map(({ id, state, expires, account, scenario }) => [
    id,
    state,
    new Date(expires).toISOString(),
    account ?? 'anybody',
    scenario,
  ])
  const columns = ['invite', 'is', 'until', 'for', 'scenario']
  return { data: { invites }, text: textTable(columns, rows, { textColumns: [0, 1, 2, 3, 4] }) }
}

function stateOf({ revoked, expires }: KeptInvite, now: number): 'good' | 'revoked' | 'expired' {
  if (revoked) return 'revoked'
  return expires < now ? 'expired' : 'good'
}
