import { optional } from '../../../framework/option.ts'
import { address } from '../../../framework/value-type.ts'
import { chainOptions } from '../../../options/chain.ts'
import { contractOptions } from '../../../options/contracts.ts'
import { directoryOptions } from '../../../options/directory.ts'
import { accountOptions } from '../../../options/signer.ts'
import { scenarioArgument } from '../../../options/target.ts'

export const portfolioArguments = { scenario: scenarioArgument } as const
export const portfolioOptions = {
  ...directoryOptions,
  ...accountOptions,
  ...chainOptions,
  ...contractOptions,
  holder: optional(address, 'account to look at (default: the one in --dir)'),
} as const
