import { defaulted, optional } from '../../framework/option.ts'
import { address, choice } from '../../framework/value-type.ts'
import { chainOptions } from '../../options/chain.ts'
import { directoryOptions } from '../../options/directory.ts'

/** What a participant does; decides only what `init` suggests next. */
export const ROLES = ['silo', 'aggregator', 'investor'] as const

export const initOptions = {
  ...directoryOptions,
  role: defaulted(choice('ROLE', ROLES), 'silo', `what this participant does: ${ROLES.join(', ')}`),
  ...chainOptions,
  orchestrator: optional(address, 'contract that creates federations'),
  currency: optional(address, 'ERC-20 that rewards are paid in'),
} as const
