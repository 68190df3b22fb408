import { setTimeout as sleep } from 'node:timers/promises'
import { peerIdFromString } from '@libp2p/peer-id'
import type { DialTarget } from './dial.ts'
import type { HostContext } from './host-context.ts'
import { RELAY_CHECK_MS } from './network-limits.ts'

/**
 * Holds the connection to every configured relay until the host stops; libp2p then reserves a place there by itself, and again after a
 * break. Says once per outage when a relay cannot be reached.
 */
export async function keepRelays(
  relays: readonly DialTarget[],
  { node, logger, signal }: Pick<HostContext, 'node' | 'logger' | 'signal'>,
): Promise<void> {
  const silent = new Set<string>()
  while (!signal.aborted) {
    for (const { peer, addresses } of relays) {
      if (node.getConnections(peerIdFromString(peer)).length > 0) {
        silent.delete(peer)
        continue
      }
      try {
        await node.dial([...addresses], { signal })
      } catch (error) {
        // Whatever is wrong with it, it is tried again; silos that can be reached directly need none.
        if (signal.aborted || silent.has(peer)) continue
        silent.add(peer)
        logger.warn({ relay: peer, error }, 'cannot reach the relay')
      }
    }
    await sleep(RELAY_CHECK_MS, undefined, { signal }).catch(() => {})
  }
}
