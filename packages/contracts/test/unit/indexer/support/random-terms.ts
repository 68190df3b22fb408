import type { ScenarioParams } from '../../../../src/index.ts'

/** A federation in which much can happen in little time: late clients of unequal issuance, short windows, long rounds' timeouts. */
export const RANDOM_TERMS = {
  challengeWindow: 40,
  maxIssuance: 3,
  minClients: 3,
  maxClients: 8,
  roundTimeout: 3_600,
  openRegistration: false,
} as const satisfies Partial<ScenarioParams>

/** Everything that people can do, each of which a long random run has to have done. */
export const ALL_ACTIONS = [
  'swapExactIn',
  'swapExactOut',
  'joinProportional',
  'exitProportional',
  'joinSingle',
  'exitSingle',
  'transfer',
  'claim',
  'claimLp',
  'setReceiver',
  'register',
  'openMarket',
  'listClient',
  'delistClient',
  'fundRound',
  'assertRound',
  'finalize',
  'voidRound',
  'dispute',
  'giveEvidence',
  'resolve',
  'withdrawBond',
  'pause',
  'unpause',
  'close',
] as const
