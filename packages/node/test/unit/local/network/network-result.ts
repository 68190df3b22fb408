import type { Cid } from '@fednode/protocol'
import {
  allianceOutcome,
  arenaOutcome,
  nodeOutcomes,
} from '../../../../src/local/network/network-outcome.ts'
import type { NetworkResult } from '../../../../src/local/network/network-result.ts'
import { addressOf, networkFacts } from './network-facts.ts'

const WEI = 10n ** 18n

/** The result of a small network, made by the same functions as a real one's. */
export function networkResult(): NetworkResult {
  const facts = networkFacts()
  const measured = new Map([[1, { accuracy: 0.8, loss: 0.5 }]])
  return {
    chainId: 31_337,
    network: addressOf(9),
    manifestCid: 'bafyreigejvrp3fqekjetmae2sftmhdw5fvo5ybcesqd7sg5wmzwogwbjny' as Cid,
    nodes: nodeOutcomes(facts, 5n),
    alliance: {
      rounds: allianceOutcome(facts, measured),
      accuracyBefore: 0.1,
      pool: { funded: 100n * WEI, emitted: 20n * WEI, earned: 90n * WEI, left: 30n * WEI },
    },
    arena: {
      ...arenaOutcome(facts, new Map([['uma', 40n]])),
      pot: { funded: WEI, emitted: 0n, earned: WEI, left: 0n },
    },
    governance: {
      id: 7n,
      description: 'Less is locked <b>at once</b>',
      parameter: 'arena.locked',
      unit: 'bps',
      before: 9_000n,
      after: 8_000n,
      state: 'executed',
      quorum: 4n * WEI,
      votes: { against: WEI, for: 5n * WEI, abstain: 0n, scam: 0n },
      ballots: [{ name: 'holder-a', vote: 'for', weight: 5n * WEI }],
      stake: 10n * WEI,
      stakeReturned: 10n * WEI,
    },
    emission: facts.emission,
    penalties: { slashed: 30n, fees: 10n, toReporters: 2n, toTreasury: 24n, burned: 14n },
    seconds: 12,
  }
}
