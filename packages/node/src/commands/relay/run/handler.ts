import path from 'node:path'
import { createRelay } from '@fednode/protocol'
import type { Context } from '../../../framework/context.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { loadPeerKey } from '../../../identity/load-identity.ts'
import { unlessStopped } from '../../../runtime/unless-stopped.ts'
import type { relayRunOptions } from './options.ts'

type Options = ArgsOf<typeof relayRunOptions> & { readonly directory: string }

export function init(args: ArgsOf<typeof relayRunOptions>, { cwd }: Context): Options {
  return { ...args, directory: path.resolve(cwd, args.dir) }
}

export async function run(options: Options, context: Context): Promise<undefined> {
  const { signal, logger } = context
  const { listen, announce = [], places } = options
  const peerKey = await loadPeerKey(options.directory)
  const relay = createRelay({ peerKey, listen, announce, places }, { logger })
  try {
    await unlessStopped(signal, () => relay.start())
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
  return undefined
}

function toldTo(addresses: readonly string[]): string {
  const lines = addresses.map((address) => `            ${address}\n`).join('')
  return `Relaying. Peers that cannot be reached give one of these with --relay:\n${lines}`
}
