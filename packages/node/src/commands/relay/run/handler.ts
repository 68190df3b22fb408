import path from 'node:path'
import { createRelay } from '@fednode/protocol'
import type { Context } from '../../../framework/context.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { loadPeerKey } from '../../../identity/load-identity.ts'
import { type Monitor, type Observation, startMonitor } from '../../../metrics/start-monitor.ts'
import { unlessStopped } from '../../../runtime/unless-stopped.ts'
import type { relayRunOptions } from './options.ts'

type Options = ArgsOf<typeof relayRunOptions> & { readonly directory: string }

export function init(args: ArgsOf<typeof relayRunOptions>, { cwd }: Context): Options {
  return { ...args, directory: path.resolve(cwd, args.dir) }
}

export async function run(options: Options, context: Context): Promise<undefined> {
  const monitor = await startMonitor<never>(options, context, observation)
  try {
    await carry(options, context, monitor)
  } finally {
    await monitor.stop()
  }
  return undefined
}

/** A relay is observed as a process: what it carries, it cannot read. */
const observation: Observation<never> = {
  needs: ['network'],
  declare: async () => ({ onEvent() {} }),
}

async function carry(
  options: Options,
  context: Context,
  monitor: Pick<Monitor<never>, 'meet'>,
): Promise<void> {
  const { signal, logger } = context
  const { listen, announce = [], places, placesPerAddress } = options
  const peerKey = await loadPeerKey(options.directory)
  const relay = createRelay({ peerKey, listen, announce, places, placesPerAddress }, { logger })
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
