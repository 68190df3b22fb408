import { peerIdFromString } from '@libp2p/peer-id'
import { PeerRecord, RecordEnvelope } from '@libp2p/peer-record'
import type { PeerIdText } from '../ids.ts'
import { isPeerId } from '../peer-id.ts'
import type { MemberAddresses } from './address-book.ts'
import { heardAddresses } from './heard-addresses.ts'
import type { Libp2pNode } from './libp2p-node.ts'
import { MAX_PEER_RECORD_BYTES, MAX_PEER_RECORDS } from './network-limits.ts'
import type { StreamIo } from './stream-io.ts'
import { TransportError } from './transport-error.ts'

/** An empty frame: without it an answer that was cut short would look complete. */
const END = new Uint8Array(0)

/** Answers a peers stream: the newest signed record of every given peer, as identify brought it, one frame each; then an empty frame. */
export async function servePeerRecords(
  io: StreamIo,
  node: Pick<Libp2pNode, 'peerStore'>,
  peers: readonly PeerIdText[],
): Promise<void> {
  for (const peer of peers.slice(0, MAX_PEER_RECORDS)) {
    const record = await recordOf(node, peer)
    if (record !== undefined) await io.writeFrame(record)
  }
  await io.writeFrame(END)
  await io.close()
}

/**
 * Reads the answer. A record must be signed by the peer that it is about (libp2p RFC 0003, signed peer records), so that nobody can send us
 * to another address than the peer's own; one that is not spoils the answer. Who answers there is proven by the connection (T13).
 * @throws {TransportError} BAD_FRAME, STALLED, CUT_SHORT.
 */
export async function readPeerRecords(io: StreamIo): Promise<readonly MemberAddresses[]> {
  const found: MemberAddresses[] = []
  for (;;) {
    const frame = await io.readFrame(MAX_PEER_RECORD_BYTES)
    if (frame === undefined) throw new TransportError('no end', { code: 'CUT_SHORT' })
    if (frame.length === 0) return found
    if (found.length === MAX_PEER_RECORDS) throw badRecord('too many')
    found.push(await openRecord(frame))
  }
}

async function recordOf(
  { peerStore }: Pick<Libp2pNode, 'peerStore'>,
  peer: PeerIdText,
): Promise<Uint8Array | undefined> {
  const id = peerIdFromString(peer)
  if (!(await peerStore.has(id))) return undefined
  const { peerRecordEnvelope } = await peerStore.get(id)
  const isFit = (peerRecordEnvelope?.length ?? Infinity) <= MAX_PEER_RECORD_BYTES
  return isFit ? peerRecordEnvelope : undefined
}

async function openRecord(frame: Uint8Array): Promise<MemberAddresses> {
  const record = await certify(frame)
  const peer = record.peerId.toString()
  if (!isPeerId(peer)) throw badRecord('not an ed25519 key')
  return { peer, addresses: heardAddresses(peer, record.multiaddrs), seq: record.seqNumber }
}

async function certify(frame: Uint8Array): Promise<PeerRecord> {
  try {
    const envelope = await RecordEnvelope.openAndCertify(frame, PeerRecord.DOMAIN)
    const record = PeerRecord.createFromProtobuf(envelope.payload)
    if (record.peerId.publicKey?.equals(envelope.publicKey) === true) return record
  } catch {
    // The library has no one error for the many ways in which bytes are not a signed record.
    throw badRecord('no signed record')
  }
  throw badRecord('signed by another peer')
}

function badRecord(detail: string): TransportError {
  return new TransportError(`bad peer record: ${detail}`, { code: 'BAD_FRAME', detail })
}
