import { optional, outsideConfig, required, toggle } from '../framework/option.ts'
import { address, choice } from '../framework/value-type.ts'
import { taskName } from './task-name.ts'

/** Which network; on chain 31337 the one that `fednode chain local --network` deploys. */
export const networkOptions = {
  network: optional(address, 'directory of the network (local chain: known)'),
} as const

/** As StakeRole of the contracts package, which is too heavy for --help. */
export const STAKE_ROLES = ['task-creator', 'training-node', 'validator', 'alliance'] as const

const TASK = 'arena:3, alliance:0 or 0xCONTRACT:3'

/** What a position is staked for. */
export const positionOptions = {
  // In config.yaml it is what a participant is in a federation.
  role: outsideConfig(required(choice('ROLE', STAKE_ROLES), `one of ${STAKE_ROLES.join(', ')}`)),
  task: required(taskName, `task of the position: ${TASK}`),
  locked: toggle('locked stake instead of FDN'),
} as const

/** The same where every position will do. */
export const anyPositionOptions = {
  role: outsideConfig(optional(choice('ROLE', STAKE_ROLES), 'only positions of this role')),
  task: optional(taskName, `only positions of this task: ${TASK}`),
} as const
