import { toPico } from '@fednode/protocol'

/** Largest magnitude that evidence and messages say; toPico ends a little above. */
export const LARGEST_SAID = 9_000

/**
 * A utility, loss or value in 1e-12, beyond ±9,000 as that: one silo can make a model of any loss, and must neither stop the aggregator
 * nor void the round of all others with it (T21).
 * @throws {NumberError} NUMBER_NOT_EXACT for NaN and infinities.
 */
export function boundedPico(value: number): number {
  return toPico(
    Number.isFinite(value) ? Math.min(LARGEST_SAID, Math.max(-LARGEST_SAID, value)) : value,
  )
}
