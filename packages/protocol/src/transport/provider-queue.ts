import type { PeerIdText } from '../ids.ts'

/** Pause before a provider is asked again, in ms; doubles up to the maximum. */
const FIRST_PAUSE_MS = 100
const MAX_PAUSE_MS = 2_000

/** Providers that are asked one after the other, round and round, until each has failed too often. */
export type ProviderQueue = {
  /** Whom to ask next and how long to wait before; undefined when nobody is left. @param received - bytes of the blob that are here. */
  next(received: number): { readonly peer: PeerIdText; readonly pauseMs: number } | undefined
  /** A try failed; final when the provider lied. @returns whether it will not be asked again. */
  failed(peer: PeerIdText, how: { readonly isFinal: boolean; readonly received: number }): boolean
}

type Candidate = {
  readonly peer: PeerIdText
  /** Tries in a row during which nothing arrived, from anybody. */
  readonly fruitless: number
  /** Bytes that were here when it was asked last. */
  readonly received: number
}

/** @param options.tries - fruitless tries after which a provider is given up. */
export function createProviderQueue(options: {
  readonly peers: readonly PeerIdText[]
  readonly tries: number
}): ProviderQueue {
  const queue: Candidate[] = options.peers.map((peer) => ({ peer, fruitless: 0, received: 0 }))
  let current: Candidate | undefined

  return {
    next(received) {
      const next = queue.shift()
      if (next === undefined) return undefined
      current = { ...next, received }
      const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** (next.fruitless - 1), MAX_PAUSE_MS)
      return { peer: next.peer, pauseMs: next.fruitless === 0 ? 0 : pauseMs }
    },
    failed(peer, { isFinal, received }) {
      // What moved meanwhile, here or elsewhere, is a reason to go on; a pause of the first length stays.
      const before = current?.fruitless ?? 0
      const fruitless = received > (current?.received ?? 0) ? 1 : before + 1
      if (isFinal || fruitless >= options.tries) return true
      queue.push({ peer, fruitless, received })
      return false
    },
  }
}
