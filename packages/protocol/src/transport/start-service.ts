import {
  MAX_SERVICE_STREAMS_PER_PEER,
  MAX_STREAMS_PER_CONNECTION,
  REQUEST_BURST,
  REQUESTS_PER_SECOND,
  STALL_MS,
} from './limits.ts'
import { listenError } from './listen-error.ts'
import { createRelayGater } from './relay-gater.ts'
import type { Service, ServiceDeps, ServiceOptions } from './service.ts'
import { createServiceNode, type ServiceNode } from './service-node.ts'
import { createStanding } from './standing.ts'
import { createStreamHandler } from './stream-handler.ts'
import type { StreamIo } from './stream-io.ts'
import { createTokenBucket } from './token-bucket.ts'

/** What a started service can do; see Service. */
export type RunningService = Pick<Service, 'addresses' | 'stop'>

/** Creates the libp2p node of a service and listens. @throws {UserError} as Service.start. */
export async function startService(
  options: ServiceOptions,
  deps: ServiceDeps,
): Promise<RunningService> {
  const { peerKey, listen, announce = [], peersPerAddress } = options
  const guests = () =>
    node
      .getConnections()
      .map(({ remotePeer, remoteAddr }) => ({ peer: remotePeer, address: remoteAddr }))
  // A service dials nobody, and counts its guests as a relay does.
  const gater = createRelayGater({
    logger: deps.logger,
    placesPerAddress: peersPerAddress,
    guests,
  })
  const node: ServiceNode = await createServiceNode({ peerKey, listen, announce, gater })
  try {
    await serve(node, options, deps)
    await node.start()
  } catch (cause) {
    await node.stop()
    throw listenError(listen, cause)
  }
  return {
    addresses: () => node.getMultiaddrs().map(String),
    stop: async () => node.stop(),
  }
}

async function serve(
  node: ServiceNode,
  { protocol, maxRequestBytes }: ServiceOptions,
  { logger, answer }: ServiceDeps,
): Promise<void> {
  const standing = createStanding()
  const handler = createStreamHandler(
    {
      maxPerPeer: MAX_SERVICE_STREAMS_PER_PEER,
      async handle(io, peer) {
        const request = await io.readFrame(maxRequestBytes)
        if (request === undefined) return
        await reply(io, await answer(request, peer))
      },
    },
    {
      rules: { isMember: (peer) => !standing.isBanned(peer) },
      requests: createTokenBucket({ burst: REQUEST_BURST, perSecond: REQUESTS_PER_SECOND }),
      logger,
      stallMs: STALL_MS,
      penalize: (peer, code) => standing.penalize(peer, code),
    },
  )
  await node.handle(protocol, handler, {
    maxInboundStreams: MAX_STREAMS_PER_CONNECTION,
    runOnLimitedConnection: true,
  })
}

async function reply(io: StreamIo, answer: Uint8Array): Promise<void> {
  await io.writeFrame(answer)
  await io.close()
  // The asker's end of the stream tells that it has read everything.
  await io.readFrame(0)
}
