import type { PeerIdText } from '../ids.ts'
import type { BitField } from './bit-field.ts'
import type { Urgency } from './blob-wire.ts'

/** A chunk that was sent is left to be passed on for so long, in ms. */
export const HOLD_MS = 3_000
/** An asker that does not depend on us gets something until we have sent so many times the blob. */
const SPARE_SHARE = 1.5
/** In this time once more: who has only slow ones to ask is not left alone, in ms. */
const SPARE_REFILL_MS = 600_000

/** What a provider has sent of one blob, to choose what it sends next. */
export type ChunkLedger = {
  /**
   * Up to `most` of the chunks that `accept` takes, those first that were sent least often, and writes down that they go to `peer`.
   * @param now - monotonic ms.
   */
  choose(options: {
    readonly peer: PeerIdText
    readonly want: BitField
    readonly most: number
    readonly urgency: Urgency
    readonly now: number
    accept(index: number): boolean
  }): readonly number[]
}

type Sent = { readonly times: number; readonly at: number; readonly peer: PeerIdText }

/** Nothing was sent yet. @param count - chunks of the blob. */
export function createChunkLedger(count: number): ChunkLedger {
  const sent = new Map<number, Sent>()
  let total = 0
  let startedAt: number | undefined

  const timesOf = (index: number): number => sent.get(index)?.times ?? 0

  return {
    choose({ peer, want, most, urgency, now, accept }) {
      startedAt ??= now
      const share = SPARE_SHARE + (now - startedAt) / SPARE_REFILL_MS
      if (urgency === 'spare' && total >= Math.floor(share * count)) return []
      const isHeld = (index: number): boolean => {
        const last = sent.get(index)
        // Who asks again for what it got lost it on the way.
        return last !== undefined && last.peer !== peer && now - last.at < HOLD_MS
      }
      const fits: number[] = []
      for (let index = 0; index < count; index++) {
        if (!want.has(index) || !accept(index)) continue
        if (urgency === 'now' || !isHeld(index)) fits.push(index)
      }
      // Stable: chunks that were sent equally often go in their order.
      const chosen = fits.sort((a, b) => timesOf(a) - timesOf(b)).slice(0, most)
      for (const index of chosen) sent.set(index, { times: timesOf(index) + 1, at: now, peer })
      total += chosen.length
      return chosen
    },
  }
}
