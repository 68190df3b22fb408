import { generateKeyPair } from '@libp2p/crypto/keys'
import { peerIdFromPrivateKey } from '@libp2p/peer-id'
import { PeerRecord, RecordEnvelope } from '@libp2p/peer-record'
import { multiaddr } from '@multiformats/multiaddr'

/** Addresses of a new peer, signed by it, as members pass them on. */
export async function signedPeerRecord(): Promise<Uint8Array> {
  const key = await generateKeyPair('Ed25519')
  const multiaddrs = [multiaddr('/ip4/192.0.2.1/tcp/4001'), multiaddr('/dns4/example.org/tcp/443')]
  const record = new PeerRecord({ peerId: peerIdFromPrivateKey(key), multiaddrs })
  const envelope = await RecordEnvelope.seal(record, key)
  return envelope.marshal().subarray()
}
