import type { RevertSentences } from './revert-sentence.ts'
import { FEDERATION_SENTENCES } from './sentences/federation.ts'
import { LEASE_SENTENCES } from './sentences/lease.ts'
import { MARKET_SENTENCES } from './sentences/market.ts'
import { ROUND_SENTENCES } from './sentences/rounds.ts'

/** A sentence for every custom error of the family; the type makes a missing one a compile error. */
export const REVERT_SENTENCES: RevertSentences = {
  ...FEDERATION_SENTENCES,
  ...ROUND_SENTENCES,
  ...MARKET_SENTENCES,
  ...LEASE_SENTENCES,
}
