import type { Connection } from '@libp2p/interface'
import { generatePeerKey } from '../peer-key.ts'
import { createAddressFilter } from './address-filter.ts'
import type { Asker, AskerOptions } from './asker.ts'
import { connectTo, type DialTarget, parseTargets } from './dial.ts'
import { CONNECT_TRIES } from './limits.ts'
import { createServiceNode, type ServiceNode } from './service-node.ts'
import { createStreamIo, type StreamIo } from './stream-io.ts'
import { TransportError } from './transport-error.ts'

type Line = AskerOptions & {
  readonly node: ServiceNode
  readonly target: DialTarget
  readonly signal: AbortSignal
}

/** Starts the libp2p node of an asker; see createAsker. */
export async function startAsker(options: AskerOptions, signal: AbortSignal): Promise<Asker> {
  // One address is one target.
  const [target] = parseTargets([options.address]) as [DialTarget]
  const peerKey = generatePeerKey()
  const filter = createAddressFilter({
    self: peerKey.peerId,
    connectionsOf: (peer) => node.getConnections(peer),
  })
  const gater = { ...filter, denyInboundConnection: () => true }
  const node: ServiceNode = await createServiceNode({ peerKey, listen: [], announce: [], gater })
  await node.start()
  const line = { ...options, node, target, signal }
  return {
    peer: target.peer,
    ask: async (request) => exchange(line, await connect(line), request),
    close: async () => node.stop(),
  }
}

async function connect({ node, target, signal, connectTries }: Line): Promise<Connection> {
  let found: Connection | undefined
  await connectTo(target, {
    tries: connectTries ?? CONNECT_TRIES,
    signal,
    // Answers with the open connection where there is one.
    dial: ({ addresses }) => node.dial([...addresses], { signal }),
    async greet(connection) {
      found = connection
      return undefined
    },
  })
  if (found !== undefined) return found
  throw new TransportError('the asker stopped', { code: 'NOT_RUNNING' })
}

async function exchange(
  { protocol, maxAnswerBytes, answerMs, target, signal }: Line,
  connection: Connection,
  request: Uint8Array,
): Promise<Uint8Array> {
  let io: StreamIo | undefined
  try {
    const stream = await connection.newStream(protocol, { signal, runOnLimitedConnection: true })
    const opened = createStreamIo(stream, { stallMs: answerMs })
    io = opened
    await opened.writeFrame(request)
    const answer = await opened.readFrame(maxAnswerBytes)
    if (answer === undefined) throw new TransportError('no answer', { code: 'CUT_SHORT' })
    // Everything is here: how the stream ends does not matter any more.
    opened.close().catch((error: Error) => opened.abort(error))
    return answer
  } catch (cause) {
    if (cause instanceof Error) io?.abort(cause)
    const { peer } = target
    const detail = cause instanceof TransportError ? cause.code : 'BROKEN'
    throw new TransportError(
      `${peer} did not answer (${detail})`,
      { code: 'NO_ANSWER', peer },
      { cause },
    )
  }
}
