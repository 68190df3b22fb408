import { serveBlob } from './blob-server.ts'
import { createChunkLedgers } from './chunk-ledgers.ts'
import { connectedMembers } from './connected-members.ts'
import { departureOf } from './departure.ts'
import { answerHello } from './hello.ts'
import type { HostContext } from './host-context.ts'
import {
  BLOB_PROTOCOL,
  HELLO_PROTOCOL,
  MAX_BLOB_STREAMS_PER_PEER,
  MAX_SMALL_STREAMS_PER_PEER,
  MAX_STREAMS_PER_CONNECTION,
  REQUEST_BURST,
  REQUESTS_PER_SECOND,
  SYNC_PROTOCOL,
} from './limits.ts'
import { PEERS_PROTOCOL } from './network-limits.ts'
import { servePeerRecords } from './peer-records.ts'
import { createStreamHandler } from './stream-handler.ts'
import { serveSync } from './sync-exchange.ts'
import { createTokenBucket } from './token-bucket.ts'

/** Registers what this host answers: blobs, sync, hello, peers. */
export async function registerStreams(context: HostContext): Promise<void> {
  const { node, rules, scope, traffic, onDeparture } = context
  const ledgerOf = createChunkLedgers()
  const requests = createTokenBucket({ burst: REQUEST_BURST, perSecond: REQUESTS_PER_SECOND })
  const deps = { ...context, requests }
  const onSent = (bytes: number): void => {
    traffic.sentBytes += bytes
  }
  const blob = createStreamHandler(
    {
      maxPerPeer: MAX_BLOB_STREAMS_PER_PEER,
      handle: (io, peer) => serveBlob(io, peer, { ...context, ledgerOf, onSent }),
    },
    deps,
  )
  const sync = createStreamHandler(
    {
      maxPerPeer: MAX_SMALL_STREAMS_PER_PEER,
      async handle(io, peer) {
        // What was said by others they tell themselves; only the asker may have lost its own.
        const messages = rules
          .latestMessages()
          .filter(({ sender }) => sender === peer || sender === context.peerKey.peerId)
        for (const signed of messages) await onDeparture(departureOf(signed, peer))
        await serveSync(io, messages)
      },
    },
    deps,
  )
  const hello = createStreamHandler(
    {
      maxPerPeer: MAX_SMALL_STREAMS_PER_PEER,
      async handle(io, _peer, connection) {
        const refusal = await answerHello(io, scope)
        if (refusal !== undefined) await connection.close()
      },
    },
    deps,
  )
  const peers = createStreamHandler(
    {
      maxPerPeer: MAX_SMALL_STREAMS_PER_PEER,
      handle: (io, peer) =>
        servePeerRecords(
          io,
          node,
          connectedMembers(context).filter((other) => other !== peer),
        ),
    },
    deps,
  )
  // libp2p's own limit ends all streams that come at once, the first ones, too; ours lets those through.
  const options = { maxInboundStreams: MAX_STREAMS_PER_CONNECTION }
  await node.handle(BLOB_PROTOCOL, blob, options)
  await node.handle(SYNC_PROTOCOL, sync, options)
  await node.handle(HELLO_PROTOCOL, hello, options)
  await node.handle(PEERS_PROTOCOL, peers, options)
}
