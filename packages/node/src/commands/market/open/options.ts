import { toggle } from '../../../framework/option.ts'
import { chainOptions } from '../../../options/chain.ts'
import { contractOptions } from '../../../options/contracts.ts'
import { directoryOptions } from '../../../options/directory.ts'
import { dryRunOptions } from '../../../options/dry-run.ts'
import { signerOptions } from '../../../options/signer.ts'
import { scenarioArgument } from '../../../options/target.ts'

export const openArguments = { scenario: scenarioArgument } as const
export const openOptions = {
  ...directoryOptions,
  ...signerOptions,
  ...chainOptions,
  ...contractOptions,
  yes: toggle('do not ask'),
  ...dryRunOptions,
} as const
