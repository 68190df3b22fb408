import type { PeerIdText } from '@fednode/protocol'
import type { SiloRun } from './silo.ts'

/** Who may have a global model: the aggregator, which always has it, then the members that we are connected to. */
export function modelProviders({
  deps,
  host,
}: Pick<SiloRun, 'deps' | 'host'>): readonly PeerIdText[] {
  const { registry } = deps
  const others = registry
    .members()
    .map((member) => member.peerId)
    .filter((peer) => peer !== host.peerId && host.isConnected(peer))
  return [registry.federatorPeerId, ...others]
}
