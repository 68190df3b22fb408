import { createBallotVectors, createDrawVectors, createRoundVectors } from './alliance-vectors.ts'
import {
  createArenaRewardVectors,
  createAssignmentVectors,
  createVestingVectors,
} from './arena-vectors.ts'
import { createDrandVectors, createOwnBeaconVectors } from './beacon-vectors.ts'
import { createBondHistory } from './bond-vectors.ts'
import {
  createProposalVectors,
  createSaleVectors,
  createWithdrawalVectors,
} from './governance-vectors.ts'
import { createListingVectors } from './listing-vectors.ts'
import { createPowVectors } from './pow-vectors.ts'
import { createSingleQuotes, createSwapQuotes } from './quote-vectors.ts'
import { createScheduleVectors } from './schedule-vectors.ts'
import { createStakeHistory } from './stake-history.ts'
import {
  createEmissionVectors,
  createLockVectors,
  createRewardVectors,
  createWeightVectors,
} from './stake-vectors.ts'
import { createStreamHistory } from './stream-vectors.ts'
import { createSwapVectors } from './swap-vectors.ts'

/** Histories: equal clients, clients of different issuance, and one that comes late. */
const HISTORIES = [
  [0xfed0d4n, { issuance: [1n, 1n, 1n], late: null }],
  [0xfed0d5n, { issuance: [1n, 3n, 2n], late: null }],
  [0xfed0e1n, { issuance: [2n, 1n], late: 3n }],
] as const

/** Bond games: an odd bond; bonds so large that the pot has no room for them; rounds that hardly end, so that bonds double on. */
const BOND_GAMES = [
  [0xfed0d7n, { bond: 500n * 10n ** 18n + 1n, fund: 10n ** 18n, endOneIn: 4n, upheldOneIn: 2n }],
  [0xfed0d8n, { bond: 1n << 84n, fund: (1n << 90n) - (1n << 86n), endOneIn: 6n, upheldOneIn: 2n }],
  [0xfed0d9n, { bond: 7n, fund: 1n, endOneIn: 60n, upheldOneIn: 12n }],
] as const

/** The files of solidity/test/vectors: numbers as text, because forge reads them as uint256. */
export function createVectors(): readonly { readonly file: string; readonly text: string }[] {
  return [
    fileOf('swaps.json', { rows: createSwapVectors() }),
    fileOf('pow.json', { rows: createPowVectors() }),
    fileOf('swap-quotes.json', { rows: createSwapQuotes() }),
    fileOf('single-quotes.json', { rows: createSingleQuotes() }),
    fileOf('listings.json', { rows: createListingVectors() }),
    fileOf('schedules.json', { rows: createScheduleVectors() }),
    fileOf('network-emission.json', { rows: createEmissionVectors() }),
    fileOf('network-locks.json', { rows: createLockVectors() }),
    fileOf('network-rewards.json', { rows: createRewardVectors() }),
    fileOf('network-weights.json', { rows: createWeightVectors() }),
    fileOf('network-stake-history.json', { rows: createStakeHistory() }),
    fileOf('network-arena-rewards.json', { rows: createArenaRewardVectors() }),
    fileOf('network-assignments.json', { rows: createAssignmentVectors() }),
    fileOf('network-vesting.json', { rows: createVestingVectors() }),
    fileOf('network-proposals.json', { rows: createProposalVectors() }),
    fileOf('network-sales.json', { rows: createSaleVectors() }),
    fileOf('network-withdrawals.json', { rows: createWithdrawalVectors() }),
    fileOf('draws.json', { rows: createDrawVectors() }),
    fileOf('ballots.json', { rows: createBallotVectors() }),
    fileOf('alliance-rounds.json', { rows: createRoundVectors() }),
    fileOf('beacon-quicknet.json', createDrandVectors('quicknet')),
    fileOf('beacon-evmnet.json', createDrandVectors('evmnet')),
    fileOf('beacon-bls12381.json', createOwnBeaconVectors('bls12381')),
    fileOf('beacon-bn254.json', createOwnBeaconVectors('bn254')),
    ...HISTORIES.map(([seed, history], i) =>
      fileOf(`streams-${i}.json`, createStreamHistory(seed, history)),
    ),
    ...BOND_GAMES.map(([seed, terms], i) =>
      fileOf(`bonds-${i}.json`, createBondHistory(seed, terms)),
    ),
  ]
}

function fileOf(file: string, content: object): { file: string; text: string } {
  const asText = (_key: string, value: unknown): unknown =>
    typeof value === 'bigint' ? String(value) : value
  return { file, text: `${JSON.stringify(content, asText, 1)}\n` }
}
