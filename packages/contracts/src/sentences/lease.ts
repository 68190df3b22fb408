import { type RevertSentences, when } from '../revert-sentence.ts'

/** Who leads a federation. */
export const LEASE_SENTENCES = {
  LeaseHeld: {
    say: (v) => `another aggregator leads in term ${v.term}, until ${when(v.until)}`,
    fault: 'refused',
    hint: 'Stop that one, or let this one wait for its turn:  fednode aggregator run --standby.',
  },
  LeaseLost: {
    say: (v) => `term ${v.term} is over, another aggregator leads in term ${v.current}`,
    fault: 'refused',
  },
  LeaseDuration: {
    say: (v) => `a lease is for ${v.min} to ${v.max} seconds, not ${v.duration}`,
    fault: 'usage',
  },
  LeaseHolderZero: { say: () => 'the holder of a lease is zero', fault: 'usage' },
} satisfies Partial<RevertSentences>
