import { describe, expect, it } from 'vitest'
import { createProviderQueue } from '../../../src/transport/provider-queue.ts'
import { peerKeyOf } from './test-hosts.ts'

const A = peerKeyOf('a').peerId
const B = peerKeyOf('b').peerId

describe('provider queue', () => {
  it('asks one after the other and gives up after so many fruitless tries', () => {
    const queue = createProviderQueue({ peers: [A, B], tries: 2 })
    const asked: string[] = []
    for (let next = queue.next(0); next !== undefined; next = queue.next(0)) {
      asked.push(next.peer)
      queue.failed(next.peer, { isFinal: false, received: 0 })
    }
    expect(asked).toEqual([A, B, A, B])
  })

  it('pauses longer and longer, and starts again when something arrived', () => {
    const queue = createProviderQueue({ peers: [A], tries: 10 })
    const pauses = [0, 0, 0, 0, 0, 0, 0].map((received) => {
      const next = queue.next(received)
      queue.failed(A, { isFinal: false, received })
      return next?.pauseMs
    })
    expect(pauses).toEqual([0, 100, 200, 400, 800, 1_600, 2_000])
    queue.next(0)
    queue.failed(A, { isFinal: false, received: 5 })
    expect(queue.next(5)?.pauseMs).toBe(100)
  })

  it('never asks a liar again', () => {
    const queue = createProviderQueue({ peers: [A], tries: 10 })
    queue.next(0)
    expect(queue.failed(A, { isFinal: true, received: 9 })).toBe(true)
    expect(queue.next(9)).toBeUndefined()
  })
})
