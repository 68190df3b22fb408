import { optional } from '../../../framework/option.ts'
import { address } from '../../../framework/value-type.ts'
import { chainOptions } from '../../../options/chain.ts'
import { contractOptions } from '../../../options/contracts.ts'
import { directoryOptions } from '../../../options/directory.ts'
import { accountOptions } from '../../../options/signer.ts'

export const statusArguments = {
  scenario: optional(address, 'address of a Scenario'),
} as const
export const statusOptions = {
  ...directoryOptions,
  ...accountOptions,
  ...chainOptions,
  ...contractOptions,
} as const
