import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { FedError, type Host, type Logger, type PeerIdText } from '@fednode/protocol'
import { writePrivate } from '../runtime/write-private.ts'
import { NETWORK_FILE, type NetworkView } from './network-file.ts'

/** How often a running peer says what it is connected to, in ms. */
export const NETWORK_WRITE_MS = 5_000
/** How soon after its start, in ms. */
const FIRST_LOOK_MS = 500

/** Whose network is written down, and where. */
export type NetworkFileOptions = {
  readonly directory: string
  readonly aggregator: PeerIdText
  readonly relays: readonly string[]
  readonly signal: AbortSignal
  /** Unix ms. */
  now(): number
  readonly logger: Pick<Logger, 'debug'>
}

/**
 * Writes what a host is connected to into the federation's directory, every few seconds until it stops or the signal fires: `fednode
 * network status` asks no running process, it reads this. A disk that does not take it is no reason to stop.
 */
export async function keepNetworkFile(host: Host, options: NetworkFileOptions): Promise<void> {
  const { directory, signal, logger } = options
  const file = path.join(directory, NETWORK_FILE)
  let wasRunning = false
  while (!signal.aborted) {
    const view = viewOf(host, options)
    if (view === undefined && wasRunning) return
    if (view !== undefined) {
      wasRunning = true
      try {
        await writePrivate(file, Buffer.from(`${JSON.stringify(view)}\n`))
      } catch (error) {
        logger.debug({ error }, 'the state of the network could not be written')
      }
    }
    const pauseMs = view === undefined ? FIRST_LOOK_MS : NETWORK_WRITE_MS
    await sleep(pauseMs, undefined, { signal, ref: false }).catch(() => {})
  }
}

/** undefined while the host does not run. */
function viewOf(
  host: Host,
  { aggregator, relays, now }: NetworkFileOptions,
): NetworkView | undefined {
  const addresses = addressesOf(host)
  if (addresses === undefined) return undefined
  return {
    writtenAt: now(),
    peerId: host.peerId,
    addresses: [...addresses],
    aggregator,
    isAggregatorConnected: host.peerId === aggregator || host.isConnected(aggregator),
    relays: [...relays],
    connections: [...host.connections()],
    ...host.traffic(),
  }
}

function addressesOf(host: Host): readonly string[] | undefined {
  try {
    return host.addresses()
  } catch (error) {
    if (error instanceof FedError && error.code === 'NOT_RUNNING') return undefined
    throw error
  }
}
