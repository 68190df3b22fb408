import { optional, toggle } from '../../../framework/option.ts'
import { address } from '../../../framework/value-type.ts'
import { chainOptions } from '../../../options/chain.ts'
import { contractOptions } from '../../../options/contracts.ts'
import { directoryOptions } from '../../../options/directory.ts'
import { dryRunOptions } from '../../../options/dry-run.ts'
import { signerOptions } from '../../../options/signer.ts'
import { scenarioArgument } from '../../../options/target.ts'

export const claimArguments = { scenario: scenarioArgument } as const
export const claimOptions = {
  ...directoryOptions,
  ...signerOptions,
  ...chainOptions,
  ...contractOptions,
  holder: optional(address, 'claim for this account, which is the one that is paid'),
  bond: toggle('also withdraw what of your bonds is free'),
  ...dryRunOptions,
} as const
