import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import type { Offer, PeerOptions } from './peer.ts'
import type { Memory } from './watch-memory.ts'

const ENTRY = path.join(import.meta.dirname, 'run-peer.ts')

/** A peer in another process. */
export type RemotePeer = {
  start(): Promise<readonly string[]>
  connect(addresses: readonly string[]): Promise<void>
  offer(size: number, seed: number): Promise<Offer>
  fetch(offer: Offer): Promise<{ readonly seconds: number }>
  sentBytes(): Promise<number>
  /** Starts to look at the memory. */
  watch(): Promise<void>
  peak(): Promise<Memory>
  stop(): Promise<void>
}

export type Kind = 'fednode' | 'libp2p' | 'tcp' | 'http'

type Answer = { readonly id: number; readonly result?: unknown; readonly error?: string }

/** Starts a process and waits until it takes calls. */
export async function spawnPeer(kind: Kind, options: PeerOptions): Promise<RemotePeer> {
  const child = fork(ENTRY, [kind, JSON.stringify(options)], { execArgv: ['--expose-gc'] })
  const waiting = new Map<number, (answer: Answer) => void>()
  const ready = once(child, 'message')
  child.on('message', (answer: Answer) => waiting.get(answer.id)?.(answer))
  child.on('exit', (code) => {
    for (const settle of waiting.values()) settle({ id: 0, error: `the process ended (${code})` })
  })
  await ready
  const call = caller(child, waiting)
  return {
    start: () => call('start'),
    connect: (addresses) => call('connect', addresses),
    offer: (size, seed) => call('offer', size, seed),
    fetch: (offer) => call('fetch', offer),
    sentBytes: () => call('sentBytes'),
    watch: () => call('watch'),
    peak: () => call('peak'),
    async stop() {
      await call('stop')
      const ended = once(child, 'exit')
      child.disconnect()
      await ended
    },
  }
}

function caller(child: ChildProcess, waiting: Map<number, (answer: Answer) => void>) {
  let last = 0
  return async <T>(name: string, ...args: readonly unknown[]): Promise<T> => {
    const id = ++last
    const answered = new Promise<Answer>((resolve) => waiting.set(id, resolve))
    child.send({ id, name, args })
    const { result, error } = await answered
    waiting.delete(id)
    if (error !== undefined) throw new RangeError(`${name}: ${error}`)
    // Our own child returns what the method of Peer returns.
    return result as T
  }
}
