import type { PeerIdText } from '../ids.ts'
import { type BitField, createBitField } from './bit-field.ts'
import type { Urgency } from './blob-wire.ts'
import { BATCH_CHUNKS } from './limits.ts'

/** A chunk that was asked for so long ago is asked for elsewhere, too, when somebody else is idle, in ms. */
export const STEAL_MS = 2_000
/** The origin is asked for what others have when it had nothing else to do for so long, in ms. */
const SPARE_AFTER_MS = 1_000
/** A provider from which no chunk came for so long though it owes some is not counted on, in ms. */
export const STUCK_MS = 10_000

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
  /** A verified chunk is here. @param now - monotonic ms. */
  arrived(peer: PeerIdText, index: number, now: number): void
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
  readonly peer: PeerIdText
  has: BitField
  /** Chunks that it may still choose of open asks. */
  open: number
  isPolled: boolean
  /** When it last had something to do, monotonic ms. */
  busyAt: number
  /** Chunks that it was asked for or promised and that did not come, and since when nothing came. */
  owes: number
  owesSince: number
}

type AskedBy = { readonly by: PeerIdText; readonly now: number }

type Asked = { readonly peer: PeerIdText; readonly at: number }

type State = {
  readonly count: number
  readonly origin: PeerIdText
  readonly arrived: BitField
  /** Others that may still deliver something. */
  readonly expected: Set<PeerIdText>
  readonly providers: Map<PeerIdText, Provider>
  readonly asked: Map<number, Asked>
  random(): number
}

/** @param options.random - from 0 up to 1, breaks ties between equally rare chunks. */
export function createChunkSchedule(options: {
  /** What is here already. */
  readonly here: BitField
  readonly origin: PeerIdText
  readonly others: readonly PeerIdText[]
  random(): number
}): ChunkSchedule {
  const state = stateOf(options)
  const { origin, arrived, expected, providers, asked } = state
  return {
    join(peer, has, now) {
      const idle = { open: 0, isPolled: false, busyAt: now, owes: 0, owesSince: now }
      providers.set(peer, { peer, has, ...idle })
      if (peer !== origin) expected.add(peer)
    },
    leave(peer) {
      providers.delete(peer)
      release(state, peer, () => true)
    },
    lose: (peer) => void expected.delete(peer),
    ask(peer, now) {
      const provider = providers.get(peer)
      if (provider === undefined) return undefined
      const ask = peer === origin ? askOrigin(state, provider, now) : askOther(state, provider, now)
      if (ask !== undefined) provider.busyAt = now
      return ask
    },
    answered(peer, ask, answer) {
      const provider = providers.get(peer)
      if (provider !== undefined) takeAnswer({ state, provider, ask, answer })
    },
    arrived(peer, index, now) {
      arrived.add(index)
      asked.delete(index)
      const provider = providers.get(peer)
      if (provider !== undefined) noteDebt(provider, { owes: provider.owes - 1, since: now })
    },
    lacks: (index) => !arrived.has(index),
    isComplete: () => arrived.isFull(),
  }
}

function stateOf({
  here,
  origin,
  others,
  random,
}: Parameters<typeof createChunkSchedule>[0]): State {
  const { count } = here
  const arrived = createBitField(count)
  for (let index = 0; index < count; index++) if (here.has(index)) arrived.add(index)
  const expected = new Set(others.filter((peer) => peer !== origin))
  return { count, origin, arrived, expected, providers: new Map(), asked: new Map(), random }
}

function askOrigin(state: State, provider: Provider, now: number): ChunkAsk | undefined {
  const { expected, origin } = state
  const mine = select(
    state,
    (index) => provider.has.has(index) && isFree(state, index, { by: origin, now }),
  )
  if (expected.size === 0)
    return openAsk(state, provider, { of: mine, urgency: 'now' }) ?? poll(state, provider)
  const alone = mine.filter((index) => holders(state, index, now) === 1)
  const ask = openAsk(state, provider, { of: alone, urgency: 'soon' })
  if (ask !== undefined) return ask
  if (isBusy(state, provider, now)) return poll(state, provider)
  const late = select(
    state,
    (index) => provider.has.has(index) && isLate(state, index, { by: origin, now }),
  )
  return openAsk(state, provider, { of: [...mine, ...late], urgency: 'spare' })
}

// It chooses: as many as it may choose already must be left for other asks.
function openAsk(
  state: State,
  provider: Provider,
  { of, urgency }: { readonly of: readonly number[]; readonly urgency: Urgency },
): ChunkAsk | undefined {
  const most = Math.min(BATCH_CHUNKS, of.length - provider.open)
  if (most <= 0) return undefined
  provider.open += most
  return { want: setOf(state, of), most, urgency }
}

function askOther(state: State, provider: Provider, now: number): ChunkAsk | undefined {
  const { peer, has } = provider
  const free = select(state, (index) => has.has(index) && isFree(state, index, { by: peer, now }))
  const late = (): readonly number[] =>
    select(state, (index) => has.has(index) && isLate(state, index, { by: peer, now }))
  const chosen = rarest(state, free.length > 0 ? free : late(), now)
  if (chosen.length === 0) return poll(state, provider)
  for (const index of chosen) state.asked.set(index, { peer, at: now })
  noteDebt(provider, { owes: provider.owes + chosen.length, since: now })
  return { want: setOf(state, chosen), most: chosen.length, urgency: 'now' }
}

/** Asks for news of what the provider does not have yet, once. */
function poll(state: State, provider: Provider): ChunkAsk | undefined {
  if (provider.isPolled || provider.open > 0) return undefined
  const news = select(state, (index) => !provider.has.has(index))
  if (news.length === 0) return undefined
  provider.isPolled = true
  return { want: setOf(state, news), most: 0, urgency: 'now' }
}

function takeAnswer(answered: {
  state: State
  provider: Provider
  ask: ChunkAsk
  answer: ChunkAnswer
}): void {
  const { state, provider, ask, answer } = answered
  const { peer } = provider
  provider.has = answer.has
  provider.busyAt = answer.now
  if (ask.most === 0) provider.isPolled = false
  if (peer !== state.origin) {
    const coming = new Set(answer.send)
    const debt = { owes: provider.owes - (ask.most - coming.size), since: provider.owesSince }
    noteDebt(provider, debt)
    release(state, peer, (index) => ask.want.has(index) && !coming.has(index))
    return
  }
  provider.open = Math.max(0, provider.open - ask.most)
  for (const index of answer.send) {
    if (!state.arrived.has(index)) state.asked.set(index, { peer, at: answer.now })
  }
}

function release({ asked }: State, peer: PeerIdText, accept: (index: number) => boolean): void {
  for (const [index, last] of asked) {
    if (last.peer === peer && accept(index)) asked.delete(index)
  }
}

function isBusy({ asked, origin }: State, { open, busyAt }: Provider, now: number): boolean {
  if (open > 0 || now - busyAt < SPARE_AFTER_MS) return true
  return [...asked.values()].some(({ peer }) => peer === origin)
}

/** Asked of nobody, or of another one that does not deliver. */
function isFree({ asked, providers }: State, index: number, { by, now }: AskedBy): boolean {
  const last = asked.get(index)
  if (last === undefined) return true
  if (last.peer === by) return false
  const provider = providers.get(last.peer)
  return provider !== undefined && isStuck(provider, now)
}

/** Whoever owed nothing before owes since then; whoever pays has time again. */
function noteDebt(provider: Provider, { owes, since }: { owes: number; since: number }): void {
  if (owes < provider.owes || provider.owes === 0) provider.owesSince = since
  provider.owes = Math.max(0, owes)
}

function isStuck({ owes, owesSince }: Provider, now: number): boolean {
  return owes > 0 && now - owesSince >= STUCK_MS
}

function isLate({ asked }: State, index: number, { by, now }: AskedBy): boolean {
  const last = asked.get(index)
  return last !== undefined && last.peer !== by && now - last.at >= STEAL_MS
}

/** The origin counts always: there must be one to ask. */
function holders({ providers, origin }: State, index: number, now: number): number {
  let found = 0
  for (const provider of providers.values()) {
    const counts = provider.peer === origin || !isStuck(provider, now)
    if (counts && provider.has.has(index)) found++
  }
  return found
}

function rarest(state: State, indices: readonly number[], now: number): readonly number[] {
  const turn = Math.floor(state.random() * indices.length)
  const turned = [...indices.slice(turn), ...indices.slice(0, turn)]
  // With one to ask all are equally rare.
  if (state.providers.size === 1) return turned.slice(0, BATCH_CHUNKS)
  const ranked = turned.map((index) => ({ index, holders: holders(state, index, now) }))
  ranked.sort((a, b) => a.holders - b.holders)
  return ranked.slice(0, BATCH_CHUNKS).map(({ index }) => index)
}

/** Missing chunks that `accept` takes, in their order. */
function select({ count, arrived }: State, accept: (index: number) => boolean): readonly number[] {
  const found: number[] = []
  for (let index = 0; index < count; index++) {
    if (!arrived.has(index) && accept(index)) found.push(index)
  }
  return found
}

function setOf({ count }: State, indices: readonly number[]): BitField {
  const field = createBitField(count)
  for (const index of indices) field.add(index)
  return field
}
