import type { ConnectionProtector } from '@libp2p/interface'
import { TransportError } from './transport-error.ts'

/** What one connection may use up. */
export type ConnectionLimits = {
  /** Bytes sent to the peer. */
  readonly bytes: number
  readonly ms: number
}

/**
 * Ends a connection that is older, or was sent more, than it may be; the peer may come again. It sits below the encryption, where libp2p
 * lets every connection of a node be changed, and changes no byte. (Limits that a relay announces by circuit relay v2 would keep gossip and
 * blobs away from its connections altogether.)
 */
export function limitConnections({ bytes, ms }: ConnectionLimits): ConnectionProtector {
  return {
    async protect(connection) {
      const end = (): void => {
        connection.abort(new TransportError('the connection is used up', { code: 'USED_UP' }))
      }
      const timer = setTimeout(end, ms).unref()
      connection.addEventListener('close', () => clearTimeout(timer))
      const send = connection.send.bind(connection)
      let left = bytes
      connection.send = (data) => {
        left -= data.byteLength
        if (left < 0) queueMicrotask(end)
        return send(data)
      }
      return connection
    },
  }
}
