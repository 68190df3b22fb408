import { optional } from '../framework/option.ts'
import { address } from '../framework/value-type.ts'

/** Contracts to trust; on chain 31337 the ones that `fednode chain local` deploys. */
export const contractOptions = {
  orchestrator: optional(address, 'contract that creates federations (local chain: known)'),
} as const

/** The currency of rewards; on chain 31337 the play money that `fednode chain local` deploys. */
export const currencyOptions = {
  currency: optional(address, 'ERC-20 that rewards are paid in (local chain: known)'),
} as const
