import type { Connection, Stream } from '@libp2p/interface'
import type { PeerIdText } from '../ids.ts'
import type { Logger } from '../logger.ts'
import { peerIdText } from './gater.ts'
import { createStreamIo, type StreamIo } from './stream-io.ts'
import type { TokenBucket } from './token-bucket.ts'
import { TransportError } from './transport-error.ts'
import type { HostRules } from './types.ts'

/** What every inbound stream passes before its handler runs. */
export type StreamHandlerDeps = {
  readonly rules: Pick<HostRules, 'isMember'>
  readonly requests: TokenBucket
  readonly logger: Logger
  readonly stallMs: number
  penalize(peer: PeerIdText, code: string): void
}

/**
 * Wraps the handler of one protocol: counts streams per peer over all its connections (T6), limits requests per second, asks the
 * registry again (who was a member when it connected may not be one now), and turns whatever goes wrong into the end of the stream.
 */
export function createStreamHandler(
  options: {
    readonly maxPerPeer: number
    handle(io: StreamIo, peer: PeerIdText, connection: Connection): Promise<void>
  },
  deps: StreamHandlerDeps,
): (stream: Stream, connection: Connection) => Promise<void> {
  const open = new Map<PeerIdText, number>()
  return async (stream, connection) => {
    const peer = peerIdText(connection.remotePeer)
    const count = (open.get(peer) ?? 0) + 1
    open.set(peer, count)
    try {
      if (count > options.maxPerPeer || !deps.requests.take(peer)) throw tooMany()
      const io = createStreamIo(stream, { stallMs: deps.stallMs })
      if (!(await deps.rules.isMember(peer))) throw notMember()
      await options.handle(io, peer, connection)
    } catch (error) {
      endStream({ stream, peer, error, deps })
    } finally {
      const left = (open.get(peer) ?? 1) - 1
      if (left > 0) open.set(peer, left)
      else open.delete(peer)
    }
  }
}

function endStream(end: {
  stream: Stream
  peer: PeerIdText
  error: unknown
  deps: StreamHandlerDeps
}): void {
  const { stream, peer, error, deps } = end
  const code = error instanceof TransportError ? error.code : 'BROKEN'
  deps.logger.debug({ peer, code, protocol: stream.protocol }, 'stream ended')
  if (code === 'BAD_FRAME' || code === 'FLOOD') deps.penalize(peer, code)
  stream.abort(error instanceof Error ? error : new TransportError('failed', { code: 'CUT_SHORT' }))
}

function tooMany(): TransportError {
  return new TransportError('too many streams or requests', { code: 'FLOOD' })
}

function notMember(): TransportError {
  return new TransportError('not a member any more', { code: 'NOT_MEMBER' })
}
