import { repeated, toggle } from '../../../framework/option.ts'
import { address } from '../../../framework/value-type.ts'
import { chainOptions } from '../../../options/chain.ts'
import { directoryOptions } from '../../../options/directory.ts'
import { dryRunOptions } from '../../../options/dry-run.ts'
import { signerOptions } from '../../../options/signer.ts'
import { scenarioArgument } from '../../../options/target.ts'

export const allowArguments = {
  scenario: scenarioArgument,
  accounts: repeated(address, 'accounts that may register'),
} as const

export const allowOptions = {
  ...directoryOptions,
  ...signerOptions,
  ...chainOptions,
  revoke: toggle('take the permission back; who registered already stays'),
  ...dryRunOptions,
} as const
