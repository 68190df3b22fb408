import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { FedError } from '../errors.ts'
import type { PeerIdText } from '../ids.ts'
import type { Logger } from '../logger.ts'
import type { AddressBook, MemberAddresses } from './address-book.ts'
import {
  FIRST_NEIGHBOUR_PAUSE_MS,
  LAST_NEIGHBOUR_PAUSE_MS,
  NEIGHBOUR_RETRY_MS,
} from './network-limits.ts'

/** Which peer looks for how many others. */
export type NeighboursOptions = {
  readonly self: PeerIdText
  readonly count: number
  readonly signal: AbortSignal
}

/** What the search for neighbours needs of a host. */
export type NeighboursDeps = {
  readonly logger: Pick<Logger, 'debug'>
  readonly book: AddressBook
  connectedMembers(): readonly PeerIdText[]
  /** Asks a connected peer for signed addresses of others. @throws {TransportError} */
  askPeers(peer: PeerIdText): Promise<readonly MemberAddresses[]>
  /** @throws {TransportError} and whatever else bad addresses lead to. */
  dial(target: MemberAddresses): Promise<void>
}

/**
 * Stays connected to `count` members until the signal fires: asks those who are connected for addresses of the others, and dials the
 * nearest ones by a hash of both ids, which spreads the choice evenly. What was learnt is kept, so that a host that lost everybody finds
 * them again without the aggregator. Pauses double from 1 s to 30 s while nothing changes.
 */
export async function keepNeighbours(
  options: NeighboursOptions,
  deps: NeighboursDeps,
): Promise<void> {
  const { count, signal } = options
  const search: Search = { ...options, deps, restUntil: new Map() }
  let pauseMs = FIRST_NEIGHBOUR_PAUSE_MS
  while (!signal.aborted) {
    const before = deps.connectedMembers().length
    if (before > 0 && before < count) await learn(deps)
    await dialMissing(search)
    const now = deps.connectedMembers().length
    // The first to connect may know everybody: with nobody there it is looked often.
    const isSettled = now > 0 && now === before
    pauseMs = isSettled ? Math.min(2 * pauseMs, LAST_NEIGHBOUR_PAUSE_MS) : FIRST_NEIGHBOUR_PAUSE_MS
    await sleep(pauseMs, undefined, { signal }).catch(() => {})
  }
}

async function learn(deps: NeighboursDeps): Promise<void> {
  const peers = deps.connectedMembers()
  for (const answer of await Promise.allSettled(peers.map(deps.askPeers))) {
    if (answer.status === 'rejected') note(answer.reason, deps)
    else for (const found of answer.value) await deps.book.add(found)
  }
}

type Search = NeighboursOptions & {
  readonly deps: NeighboursDeps
  /** Members that did not answer are left alone until then, monotonic ms: their places go to others. */
  readonly restUntil: Map<PeerIdText, number>
}

async function dialMissing(search: Search): Promise<void> {
  const { deps, restUntil } = search
  const isAlone = deps.connectedMembers().length === 0
  const dials = missing(search).map(async (target) => {
    try {
      await deps.dial(target)
    } catch (error) {
      note(error, deps)
      restUntil.set(target.peer, performance.now() + NEIGHBOUR_RETRY_MS)
      // Whoever is connected to it will name it again, perhaps at another address.
      if (!isAlone) deps.book.forget(target.peer)
    }
  })
  await Promise.all(dials)
}

/** Known members that are not connected, the nearest first, as many as there are places. */
function missing({ self, count, deps, restUntil }: Search): readonly MemberAddresses[] {
  const connected = new Set(deps.connectedMembers())
  const now = performance.now()
  return deps.book
    .all()
    .filter(({ peer }) => peer !== self && !connected.has(peer))
    .filter(({ peer }) => connected.size === 0 || (restUntil.get(peer) ?? 0) <= now)
    .sort((a, b) => (distance(self, a.peer) < distance(self, b.peer) ? -1 : 1))
    .slice(0, Math.max(0, count - connected.size))
}

// Never throws: whatever is wrong with what others told, the search goes on.
function note(error: unknown, { logger }: NeighboursDeps): void {
  const what = error instanceof FedError ? { code: error.code } : { error }
  logger.debug(what, 'a member could not be asked or reached')
}

function distance(self: PeerIdText, peer: PeerIdText): string {
  return createHash('sha256').update([self, peer].sort().join(' ')).digest('hex')
}
