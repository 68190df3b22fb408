import type { Host } from '@fednode/protocol'
import { AggregatorError } from '../aggregator-error.ts'
import type { Leadership } from './leadership.ts'

/** A host that says nothing while this process does not lead; it goes on listening, fetching and serving what was said before. */
export function silenceHost(host: Host, leadership: Pick<Leadership, 'isHeld'>): Host {
  return {
    ...host,
    publish(message) {
      if (leadership.isHeld()) return host.publish(message)
      return Promise.reject(
        new AggregatorError('nothing is said without the lead', { code: 'NOT_LEADING' }),
      )
    },
  }
}
