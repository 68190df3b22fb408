import path from 'node:path'
import { type ChainAccount, readScenario, setAllowed } from '@fednode/contracts'
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
import { peerAddress } from '../../../framework/value-type.ts'
import { loadPeerKey } from '../../../identity/load-identity.ts'
import { readInvites, writeInvites } from '../../../invite/invite-list.ts'
import type { inviteCreateArguments, inviteCreateOptions } from './options.ts'

const DAY_MS = 86_400_000

type Args = ArgsOf<typeof inviteCreateArguments> & ArgsOf<typeof inviteCreateOptions>
type Options = Args & { readonly directory: string }

export function init(args: Args, { cwd }: Context): Options {
  return { ...args, directory: path.resolve(cwd, args.dir) }
}

export async function run(options: Options, context: Context): Promise<Outcome> {
  const peerKey = await loadPeerKey(options.directory)
  const account = await connectAs(options, context)
  try {
    const invite = await inviteOf(options, { account, peerKey, now: context.now() })
    const { scenario, account: guest, expires } = invite
    // Before anybody holds a word that the chain would refuse.
    if (guest !== undefined)
      await setAllowed(account, { scenario, accounts: [guest], allowed: true })
    const text = encodeInvite(invite, peerKey)
    const { id } = decodeInvite(text)
    const kept = { id, scenario, account: guest ?? null, created: context.now(), expires }
    const earlier = await readInvites(options.directory)
    await writeInvites(options.directory, [...earlier, { ...kept, revoked: false }])
    context.stderr.write(`Invite ${id}, good until ${new Date(expires).toISOString()}\n`)
    return { data: { id, invite: text, ...invite }, text }
  } finally {
    await account.close()
  }
}

async function inviteOf(
  options: Options,
  own: { readonly account: ChainAccount; readonly peerKey: PeerKey; readonly now: number },
): Promise<Invite> {
  const { scenario, relay = [], expires, for: guest } = options
  const state = await readScenario(own.account, { scenario })
  const signer = `0x${Buffer.from(own.peerKey.publicKey).toString('hex')}`
  if (state.params.federatorPeerKey.toLowerCase() !== signer) {
    throw new UserError('refused', `only the federator of ${scenario} can invite to it`, {
      code: 'NOT_FEDERATOR',
      hint: 'Give the --dir whose keys created the federation.',
    })
  }
  return {
    chainId: own.account.chainId,
    scenario,
    orchestrator: lower(state.orchestrator),
    addresses: addressesOf(options, state.endpoint),
    relays: relay.slice(0, MAX_INVITE_ADDRESSES),
    expires: own.now + expires * DAY_MS,
    ...(guest === undefined ? {} : { account: guest }),
  }
}

/** @throws {UserError} usage NO_ADDRESS. */
function addressesOf({ address }: Options, endpoint: string): readonly string[] {
  const known = address ?? endpoint.split(',').filter((one) => peerAddress.parse(one) !== undefined)
  if (known.length > 0) return known.slice(0, MAX_INVITE_ADDRESSES)
  throw new UserError('usage', 'the aggregator has said no address yet', {
    code: 'NO_ADDRESS',
    hint: 'Start  fednode aggregator run  first, or give  --address.',
  })
}

function lower(text: string): `0x${string}` {
  return `0x${text.slice(2).toLowerCase()}`
}
