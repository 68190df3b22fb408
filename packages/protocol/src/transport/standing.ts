import type { PeerIdText } from '../ids.ts'

/** Points that one fault costs, unless FAULT_POINTS names another number. */
const DEFAULT_POINTS = 20
/** Faults that cannot be an accident cost more, a burst of messages costs less. */
const FAULT_POINTS: Readonly<Record<string, number>> = {
  BLOB_BAD_CHUNK: 50,
  BLOB_BAD_DESCRIPTOR: 50,
  MESSAGE_BAD_SIGNATURE: 50,
  FLOOD: 5,
}
/** Half of the points are forgiven in this time, in ms. */
const HALF_LIFE_MS = 600_000
/** At this many points (five ordinary faults, two grave ones, and a little forgiven) a peer is disconnected and stays out until enough is forgiven. */
export const BAN_POINTS = 95

/** How the application judges its peers: points for faults, fading with time. */
export type Standing = {
  penalize(peer: PeerIdText, code: string): void
  /** 0 or less: gossipsub's application-specific score. */
  score(peer: string): number
  isBanned(peer: string): boolean
}

type PeerRecord = { points: number; at: number }

/** @param monotonic - current time in ms of a clock that never jumps. */
export function createStanding(monotonic: () => number = () => performance.now()): Standing {
  const records = new Map<string, PeerRecord>()

  function points(peer: string): number {
    const record = records.get(peer)
    if (record === undefined) return 0
    return record.points * 2 ** (-(monotonic() - record.at) / HALF_LIFE_MS)
  }

  return {
    penalize(peer, code) {
      const total = points(peer) + (FAULT_POINTS[code] ?? DEFAULT_POINTS)
      records.set(peer, { points: Math.min(total, 2 * BAN_POINTS), at: monotonic() })
    },
    score: (peer) => -points(peer),
    isBanned: (peer) => points(peer) >= BAN_POINTS,
  }
}
