import path from 'node:path'
import { setAllowed } from '@fednode/contracts'
import {
  decodeInvite,
  encodeInvite,
  type Invite,
  MAX_INVITE_ADDRESSES,
  type PeerKey,
  UserError,
} from '@fednode/protocol'
import { connectAs } from '../../../chain/connect-as.ts'
import type { Outcome } from '../../../framework/command.ts'
import type { Context } from '../../../framework/context.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { address as addressType } from '../../../framework/value-type.ts'
import { loadPeerKey } from '../../../identity/load-identity.ts'
import { readInvites, writeInvites } from '../../../invite/invite-list.ts'
import { memberScope } from '../../../members/member-scope.ts'
import { momentOf } from '../../../options/expiry.ts'
import { chainInvite } from './chain-invite.ts'
import { memberInvite } from './member-invite.ts'
import type { inviteCreateArguments, inviteCreateOptions } from './options.ts'

type Args = ArgsOf<typeof inviteCreateArguments> & ArgsOf<typeof inviteCreateOptions>
type Options = Args & { readonly directory: string }

export function init(args: Args, { cwd }: Context): Options {
  return { ...args, directory: path.resolve(cwd, args.dir) }
}

export async function run(options: Options, context: Context): Promise<Outcome> {
  const peerKey = await loadPeerKey(options.directory)
  const invite = await inviteOf(options, context, peerKey)
  const text = encodeInvite(invite, peerKey)
  const { id } = decodeInvite(text)
  const { expires } = invite
  const kept = { id, ...targetOf(invite), created: context.now(), expires, revoked: false }
  await writeInvites(options.directory, [...(await readInvites(options.directory)), kept])
  context.stderr.write(`Invite ${id}, good until ${new Date(expires).toISOString()}\n`)
  return { data: { id, invite: text, ...invite }, text }
}

async function inviteOf(options: Options, context: Context, peerKey: PeerKey): Promise<Invite> {
  const { federation, address, directory, for: guest } = options
  const expires = momentOf(options.expires, context.now())
  const terms = { address, relays: (options.relay ?? []).slice(0, MAX_INVITE_ADDRESSES), expires }
  const scenario = addressType.parse(federation)
  if (scenario === undefined) {
    if (guest !== undefined) throw needsChain()
    const manifest = path.resolve(context.cwd, federation)
    return memberInvite({ ...terms, manifest, directory }, peerKey)
  }
  const account = await connectAs(options, context)
  try {
    const invite = await chainInvite({ ...terms, scenario, guest }, account, peerKey)
    // Before anybody holds a word that the chain would refuse.
    if (guest !== undefined)
      await setAllowed(account, { scenario, accounts: [guest], allowed: true })
    return invite
  } finally {
    await account.close()
  }
}

/** What is noted down of it. */
function targetOf(invite: Invite): {
  readonly scenario: `0x${string}`
  readonly account: `0x${string}` | null
} {
  if ('manifest' in invite)
    return { scenario: memberScope(invite.manifest).scenario, account: null }
  return { scenario: invite.scenario, account: invite.account ?? null }
}

function needsChain(): UserError {
  return new UserError('usage', '--for names an account, and this federation has no chain', {
    code: 'BAD_OPTION',
    hint: 'Its manifest lists the peers that may take part; leave --for out.',
  })
}
