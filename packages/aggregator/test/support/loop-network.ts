import {
  BlobError,
  type BlobStore,
  type Host,
  type HostRules,
  type PeerIdText,
  type PeerKey,
  signMessage,
} from '@fednode/protocol'

type Node = { readonly rules: HostRules; readonly blobs: BlobStore }

/** Hosts that reach each other inside one process at once: for tests that restart a coordinator a hundred times. */
export type LoopNetwork = {
  createHost(peerKey: PeerKey, blobs: BlobStore): (rules: HostRules) => Host
  /** Every penalty, in order. */
  readonly penalties: { readonly peer: PeerIdText; readonly code: string }[]
}

export function createLoopNetwork(): LoopNetwork {
  const nodes = new Map<PeerIdText, Node>()
  const penalties: { peer: PeerIdText; code: string }[] = []
  return {
    penalties,
    createHost: (peerKey, blobs) => (rules) => {
      const { peerId } = peerKey
      const own: Node = { rules, blobs }
      const others = (): Node[] =>
        [...nodes].filter(([peer]) => peer !== peerId).map(([, node]) => node)
      return {
        peerId,
        addresses: () => [`/memory/${peerId}/p2p/${peerId}`],
        start: async () => {
          nodes.set(peerId, own)
        },
        stop: async () => {
          if (nodes.get(peerId) === own) nodes.delete(peerId)
        },
        connect: async () => {},
        isConnected: (peer) => nodes.get(peerId) === own && nodes.has(peer),
        connectedMembers: () => [...nodes.keys()].filter((peer) => peer !== peerId),
        connections: () => [],
        addressesOf: () => [],
        async publish(message) {
          const signed = signMessage(message, peerKey)
          for (const other of others()) {
            if (other.rules.checkMessage(signed).action !== 'accept') continue
            setImmediate(() => other.rules.onMessage(signed))
          }
          return signed
        },
        async fetchBlob({ cid }, { peers }) {
          for (const peer of peers) {
            const node = nodes.get(peer)
            if (node === undefined || !node.rules.mayServe(peerId, cid)) continue
            if (!(await node.blobs.has(cid))) continue
            const bytes = await node.blobs.get(cid)
            await blobs.put(bytes)
            return
          }
          const info = { code: 'BLOB_UNAVAILABLE', cid, reasons: {} } as const
          throw new BlobError(`nobody has ${cid}`, info)
        },
        sync: async (peer) => nodes.get(peer)?.rules.latestMessages() ?? [],
        penalize: (peer, code) => {
          penalties.push({ peer, code })
        },
        traffic: () => ({ sentBytes: 0, receivedBytes: 0 }),
      }
    },
  }
}
