import path from 'node:path'
import { createRelay, type PeerKey, type Relay, UserError } from '@fednode/protocol'
import type { Context } from '../../../framework/context.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { loadPeerKey } from '../../../identity/load-identity.ts'
import { runObserved } from '../../../metrics/run-observed.ts'
import type { Monitor } from '../../../metrics/start-monitor.ts'
import { unlessStopped } from '../../../runtime/unless-stopped.ts'
import { type GuestList, guestListOf } from './guest-list.ts'
import type { relayRunOptions } from './options.ts'

const MS_PER_HOUR = 3_600_000
const GIB = 2 ** 30

type Options = ArgsOf<typeof relayRunOptions> & { readonly directory: string }

export function init(args: ArgsOf<typeof relayRunOptions>, { cwd }: Context): Options {
  const { members } = args
  if (members !== undefined && args.scenario !== undefined) {
    throw new UserError('usage', '--members and --scenario both say whom the relay is for', {
      code: 'BAD_OPTION',
      hint: 'Give one of them.',
    })
  }
  return {
    ...args,
    directory: path.resolve(cwd, args.dir),
    members: members === undefined ? undefined : path.resolve(cwd, members),
  }
}

export async function run(options: Options, context: Context): Promise<undefined> {
  // What a relay carries, it cannot read.
  return runObserved({ options, context, needs: ['network'] }, (monitor) =>
    carry(options, context, monitor),
  )
}

async function carry(
  options: Options,
  context: Context,
  monitor: Pick<Monitor<never>, 'meet'>,
): Promise<void> {
  const peerKey = await loadPeerKey(options.directory)
  const guests = await guestListOf(options, context)
  try {
    const relay = relayOf(options, { peerKey, guests, logger: context.logger })
    await carryUntilStopped(relay, context, monitor)
  } finally {
    await guests?.close()
  }
}

/** Members that the operator vouches for are carried without limits. */
function relayOf(
  options: Options,
  deps: {
    readonly peerKey: PeerKey
    readonly guests: GuestList | undefined
    readonly logger: Context['logger']
  },
): Relay {
  const {
    listen,
    announce = [],
    places,
    placesPerAddress,
    connectionHours,
    connectionGib,
  } = options
  const { peerKey, guests, logger } = deps
  const basic = { peerKey, listen, announce, places, placesPerAddress }
  if (guests !== undefined) return createRelay(basic, { logger, isMember: guests.isMember })
  const connectionLimits = { ms: connectionHours * MS_PER_HOUR, bytes: connectionGib * GIB }
  return createRelay({ ...basic, connectionLimits }, { logger })
}

async function carryUntilStopped(
  relay: Relay,
  context: Context,
  monitor: Pick<Monitor<never>, 'meet'>,
): Promise<void> {
  const { signal } = context
  try {
    await unlessStopped(signal, () => relay.start())
    monitor.meet('network', () => true)
    const addresses = relay.addresses()
    context.emit({ type: 'listening', peerId: relay.peerId, addresses })
    if (!context.json) context.stderr.write(toldTo(addresses))
    await new Promise<void>((resolve) => {
      if (signal.aborted) resolve()
      signal.addEventListener('abort', () => resolve(), { once: true })
    })
  } finally {
    await relay.stop()
  }
}

function toldTo(addresses: readonly string[]): string {
  const lines = addresses.map((address) => `            ${address}\n`).join('')
  return `Relaying. Peers that cannot be reached give one of these with --relay:\n${lines}`
}
