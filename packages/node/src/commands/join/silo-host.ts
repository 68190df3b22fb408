import type { Registry } from '@fednode/contracts'
import { type BlobStore, createHost, type Host, type HostRules } from '@fednode/protocol'
import type { AuditLog } from '../../audit/open-audit-log.ts'
import { keepNetworkFile } from '../../network/keep-network-file.ts'
import { networkOf } from '../../network/network-of.ts'
import type { SiloParts } from './start-silo.ts'

/** Other members that a silo stays connected to: as many as gossipsub wants in its mesh (D of its specification). */
const NEIGHBOURS = 8

/** The libp2p host of a silo: what leaves goes through the audit log, and whoever observes sees it. */
export function siloHost(
  { options, context, peerKey, venue, paths, monitor }: SiloParts,
  deps: {
    readonly rules: HostRules
    readonly blobs: BlobStore
    readonly audit: AuditLog
    readonly registry: Pick<Registry, 'members' | 'federatorPeerId'>
  },
): Host {
  const { rules, blobs, audit, registry } = deps
  const { chainId, scenario } = venue
  const host = createHost(
    {
      peerKey,
      ...networkOf(options),
      neighbours: NEIGHBOURS,
      chainId,
      scenario,
      blobs,
    },
    {
      rules,
      logger: context.logger.child({ part: 'host' }),
      clock: context.now,
      onDeparture: audit.record,
    },
  )
  const isConnected = (): boolean => host.isConnected(registry.federatorPeerId)
  monitor.meet('aggregator', isConnected)
  monitor.watchNetwork({
    traffic: host.traffic,
    connected: () =>
      registry.members().filter(({ peerId }) => host.isConnected(peerId)).length +
      (isConnected() ? 1 : 0),
  })
  void keepNetworkFile(host, {
    directory: paths.directory,
    aggregator: registry.federatorPeerId,
    relays: options.relay ?? [],
    signal: context.signal,
    now: context.now,
    logger: context.logger,
  })
  return host
}
