import type { RevertSentences } from './revert-sentence.ts'
import { FEDERATION_SENTENCES } from './sentences/federation.ts'
import { LEASE_SENTENCES } from './sentences/lease.ts'
import { MARKET_SENTENCES } from './sentences/market.ts'
import { ALLIANCE_SENTENCES } from './sentences/network/alliance.ts'
import { ARENA_SENTENCES } from './sentences/network/arena.ts'
import { BEACON_SENTENCES } from './sentences/network/beacon.ts'
import { EMISSION_SENTENCES } from './sentences/network/emission.ts'
import { GOVERNANCE_SENTENCES } from './sentences/network/governance.ts'
import { MODEL_SENTENCES } from './sentences/network/models.ts'
import { STAKE_SENTENCES } from './sentences/network/stake.ts'
import { STANDARD_SENTENCES } from './sentences/network/standards.ts'
import { ROUND_SENTENCES } from './sentences/rounds.ts'

/** A sentence for every custom error of the family; the type makes a missing one a compile error. */
export const REVERT_SENTENCES: RevertSentences = {
  ...FEDERATION_SENTENCES,
  ...ROUND_SENTENCES,
  ...MARKET_SENTENCES,
  ...LEASE_SENTENCES,
  ...STANDARD_SENTENCES,
  ...STAKE_SENTENCES,
  ...EMISSION_SENTENCES,
  ...BEACON_SENTENCES,
  ...ALLIANCE_SENTENCES,
  ...ARENA_SENTENCES,
  ...GOVERNANCE_SENTENCES,
  ...MODEL_SENTENCES,
}
