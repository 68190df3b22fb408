import path from 'node:path'
import { setAllowed } from '@fednode/contracts'
import { UserError } from '@fednode/protocol'
import { connectAs } from '../../../chain/connect-as.ts'
import type { Outcome } from '../../../framework/command.ts'
import type { Context } from '../../../framework/context.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { type KeptInvite, readInvites, writeInvites } from '../../../invite/invite-list.ts'
import type { inviteRevokeArguments, inviteRevokeOptions } from './options.ts'

type Args = ArgsOf<typeof inviteRevokeArguments> & ArgsOf<typeof inviteRevokeOptions>
type Options = Args & { readonly directory: string }

export function init(args: Args, { cwd }: Context): Options {
  return { ...args, directory: path.resolve(cwd, args.dir) }
}

export async function run(options: Options, context: Context): Promise<Outcome> {
  const { directory, invite: id } = options
  const invites = await readInvites(directory)
  const invite = invites.find((one) => one.id === id)
  if (invite === undefined) throw unknown(id, options.dir)
  const { scenario, account } = invite
  if (account === null) throw notTakenBack(id)
  await forbid(options, context, { scenario, account })
  const revoked = { ...invite, revoked: true }
  await writeInvites(
    directory,
    invites.map((one) => (one.id === id ? revoked : one)),
  )
  return { data: revoked, text: `${account} may no longer register in ${scenario}` }
}

async function forbid(
  options: Options,
  context: Context,
  {
    scenario,
    account,
  }: { readonly scenario: KeptInvite['scenario']; readonly account: `0x${string}` },
): Promise<void> {
  const federator = await connectAs(options, context)
  try {
    await setAllowed(federator, { scenario, accounts: [account], allowed: false })
  } finally {
    await federator.close()
  }
}

function unknown(id: string, dir: string): UserError {
  return new UserError('usage', `${dir} gave out no invite ${id}`, {
    code: 'UNKNOWN_INVITE',
    hint: `fednode invite list --dir ${dir}  shows them.`,
  })
}

/** Nothing could make it so: whoever holds the word knows what it says. */
function notTakenBack(id: string): UserError {
  return new UserError('refused', `invite ${id} is for anybody and ends only when it expires`, {
    code: 'INVITE_FOR_ANYBODY',
    hint: 'It lets nobody in whom the chain (fednode federation allow --revoke) or the list in the manifest refuses.',
  })
}
