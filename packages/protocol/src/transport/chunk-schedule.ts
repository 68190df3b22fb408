import type { PeerIdText } from '../ids.ts'
import { type BitField, createBitField } from './bit-field.ts'
import type { Urgency } from './blob-wire.ts'
import { BATCH_CHUNKS } from './limits.ts'

/** A chunk that was asked for so long ago is asked for elsewhere, too, when somebody else is idle, in ms. */
export const STEAL_MS = 2_000
/** The origin is asked for what others have when it had nothing else to do for so long, in ms. */
const SPARE_AFTER_MS = 1_000

/** What to ask one provider for. */
export type ChunkAsk = {
  readonly want: BitField
  /** Chunks that may come; 0 only asks what the provider has. */
  readonly most: number
  readonly urgency: Urgency
}

/**
 * Which chunks of one blob to ask whom for. Pure: time comes in as an argument.
 *
 * The origin (who announced the blob, and whom everybody asks) chooses itself among all that nobody else is known to have, so that it
 * can give each asker something else. Others are asked for the chunks that the fewest have. A chunk is asked for once, unless it takes
 * too long.
 */
export type ChunkSchedule = {
  /** A provider answered: it has these. @param now - monotonic ms. */
  join(peer: PeerIdText, has: BitField, now: number): void
  /** A provider is gone: what it was asked for is free again. It counts as somebody who may come back until lose(). */
  leave(peer: PeerIdText): void
  /** A provider will not be asked again. */
  lose(peer: PeerIdText): void
  /** What to ask `peer` for now; undefined when nothing. @param now - monotonic ms. */
  ask(peer: PeerIdText, now: number): ChunkAsk | undefined
  /** The provider said which of the wanted chunks come. */
  answered(peer: PeerIdText, ask: ChunkAsk, answer: ChunkAnswer): void
  /** A verified chunk is here. */
  arrived(index: number): void
  lacks(index: number): boolean
  isComplete(): boolean
}

export type ChunkAnswer = {
  readonly send: readonly number[]
  readonly has: BitField
  /** Monotonic ms. */
  readonly now: number
}

type Provider = {
  has: BitField
  /** Chunks that it may still choose of open asks. */
  open: number
  isPolled: boolean
  /** When it last had something to do, monotonic ms. */
  busyAt: number
}

type Asked = { readonly peer: PeerIdText; readonly at: number }

/** @param options.random - from 0 up to 1, breaks ties between equally rare chunks. */
export function createChunkSchedule(options: {
  /** What is here already; the schedule adds what arrives. */
  readonly here: BitField
  readonly origin: PeerIdText
  readonly others: readonly PeerIdText[]
  random(): number
}): ChunkSchedule {
  const { here, origin, random } = options
  const { count } = here
  const arrived = createBitField(count)
  for (const index of numbers(count)) if (here.has(index)) arrived.add(index)
  const expected = new Set(options.others.filter((peer) => peer !== origin))
  const providers = new Map<PeerIdText, Provider>()
  const asked = new Map<number, Asked>()

  const lacks = (index: number): boolean => !arrived.has(index)
  const isFree = (index: number): boolean => lacks(index) && !asked.has(index)
  const isLate = (index: number, peer: PeerIdText, now: number): boolean => {
    const last = asked.get(index)
    return last !== undefined && last.peer !== peer && now - last.at >= STEAL_MS
  }
  const hasOther = (index: number, peer: PeerIdText): boolean => {
    for (const [name, { has }] of providers) if (name !== peer && has.has(index)) return true
    return false
  }
  const holders = (index: number): number => {
    let found = 0
    for (const { has } of providers.values()) if (has.has(index)) found++
    return found
  }
  const select = (accept: (index: number) => boolean): number[] => numbers(count).filter(accept)

  function askOrigin(provider: Provider, now: number): ChunkAsk | undefined {
    const { has } = provider
    if (expected.size === 0)
      return openAsk(
        provider,
        select((i) => isFree(i) && has.has(i)),
        'now',
      )
    const alone = select((i) => isFree(i) && has.has(i) && !hasOther(i, origin))
    const ask = openAsk(provider, alone, 'soon')
    if (ask !== undefined) return ask
    if (isBusy(provider, now)) return pollOf(provider)
    const slow = select((i) => has.has(i) && (isFree(i) || isLate(i, origin, now)))
    return openAsk(provider, slow, 'spare')
  }

  function isBusy({ open, busyAt }: Provider, now: number): boolean {
    if (open > 0 || now - busyAt < SPARE_AFTER_MS) return true
    return [...asked.values()].some(({ peer }) => peer === origin)
  }

  // It chooses: as many as it may choose already must be left for other asks.
  function openAsk(
    provider: Provider,
    indices: readonly number[],
    urgency: Urgency,
  ): ChunkAsk | undefined {
    const most = Math.min(BATCH_CHUNKS, indices.length - provider.open)
    if (most <= 0) return undefined
    provider.open += most
    return { want: setOf(indices), most, urgency }
  }

  function askOther(peer: PeerIdText, provider: Provider, now: number): ChunkAsk | undefined {
    const { has } = provider
    const free = select((i) => isFree(i) && has.has(i))
    const chosen = rarest(free.length > 0 ? free : select((i) => isStealable(i, peer, now)))
    if (chosen.length === 0) return pollOf(provider)
    for (const index of chosen) asked.set(index, { peer, at: now })
    return { want: setOf(chosen), most: chosen.length, urgency: 'now' }
  }

  const isStealable = (index: number, peer: PeerIdText, now: number): boolean =>
    lacks(index) && isLate(index, peer, now) && providers.get(peer)?.has.has(index) === true

  function rarest(indices: readonly number[]): readonly number[] {
    const turn = Math.floor(random() * indices.length)
    const turned = [...indices.slice(turn), ...indices.slice(0, turn)]
    const ranked = turned.map((index) => ({ index, holders: holders(index) }))
    ranked.sort((a, b) => a.holders - b.holders)
    return ranked.slice(0, BATCH_CHUNKS).map(({ index }) => index)
  }

  function pollOf(provider: Provider): ChunkAsk | undefined {
    if (provider.isPolled || provider.open > 0) return undefined
    const news = select((i) => lacks(i) && !provider.has.has(i))
    if (news.length === 0) return undefined
    provider.isPolled = true
    return { want: setOf(news), most: 0, urgency: 'now' }
  }

  function setOf(indices: readonly number[]): BitField {
    const field = createBitField(count)
    for (const index of indices) field.add(index)
    return field
  }

  function release(peer: PeerIdText, accept: (index: number) => boolean): void {
    for (const [index, last] of asked) if (last.peer === peer && accept(index)) asked.delete(index)
  }

  return {
    join(peer, has, now) {
      providers.set(peer, { has, open: 0, isPolled: false, busyAt: now })
      if (peer !== origin) expected.add(peer)
    },
    leave(peer) {
      providers.delete(peer)
      release(peer, () => true)
    },
    lose(peer) {
      expected.delete(peer)
    },
    ask(peer, now) {
      const provider = providers.get(peer)
      if (provider === undefined) return undefined
      const ask = peer === origin ? askOrigin(provider, now) : askOther(peer, provider, now)
      if (ask !== undefined) provider.busyAt = now
      return ask
    },
    answered(peer, { want, most }, { send, has, now }) {
      const provider = providers.get(peer)
      if (provider === undefined) return
      provider.has = has
      provider.busyAt = now
      if (most === 0) provider.isPolled = false
      if (peer === origin) {
        provider.open = Math.max(0, provider.open - most)
        for (const index of send) if (lacks(index)) asked.set(index, { peer, at: now })
      } else {
        const coming = new Set(send)
        release(peer, (index) => want.has(index) && !coming.has(index))
      }
    },
    arrived(index) {
      arrived.add(index)
      asked.delete(index)
    },
    lacks,
    isComplete: () => arrived.isFull(),
  }
}

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index)
}
