import { CLOCK_SKEW_MS, type Logger, type SignedMessage } from '@fednode/protocol'
import { createOffsetWatch } from '../runtime/offset-watch.ts'

/** Compares this machine's clock with that of the aggregator. */
export type ClockWatch = {
  /** @param words - signed by the aggregator; only what is newer than all before counts. */
  look(words: readonly SignedMessage[]): void
}

/**
 * Warns once when the two clocks differ by more than messages bear (T14): they then ignore each other's messages, and nothing else would
 * say why. Warns again only after they had agreed.
 */
export function createClockWatch(deps: {
  readonly logger: Pick<Logger, 'warn'>
  /** Unix ms. */
  now(): number
}): ClockWatch {
  const watch = createOffsetWatch(CLOCK_SKEW_MS, (secondsAhead) => {
    deps.logger.warn({ secondsAhead }, "this machine's clock is not the aggregator's: set it")
  })
  let seen = 0
  return {
    look(words) {
      const newest = Math.max(0, ...words.map(({ message }) => message.sentAt))
      // What somebody repeats is older than what was heard.
      if (newest <= seen) return
      seen = newest
      watch(deps.now() - newest)
    },
  }
}
