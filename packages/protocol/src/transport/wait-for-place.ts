import type { HostContext } from './host-context.ts'
import { PLACE_WAIT_MS } from './network-limits.ts'

const POLL_MS = 20

/**
 * Waits until a relay has given this host a place, at most PLACE_WAIT_MS: what a host says of its addresses at its start is published on
 * the chain. A relay that comes later is found later.
 */
export async function waitForPlace({
  node,
  signal,
}: Pick<HostContext, 'node' | 'signal'>): Promise<void> {
  const end = performance.now() + PLACE_WAIT_MS
  while (!signal.aborted && performance.now() < end) {
    if (node.getMultiaddrs().some((address) => `${address}`.includes('/p2p-circuit'))) return
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
}
