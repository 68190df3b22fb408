import { required, toggle } from '../../../framework/option.ts'
import { integer } from '../../../framework/value-type.ts'
import { chainOptions } from '../../../options/chain.ts'
import { contractOptions } from '../../../options/contracts.ts'
import { directoryOptions } from '../../../options/directory.ts'
import { dryRunOptions } from '../../../options/dry-run.ts'
import { signerOptions } from '../../../options/signer.ts'
import { scenarioArgument } from '../../../options/target.ts'
import { recomputeOptions } from '../verify/options.ts'

export const disputeArguments = { scenario: scenarioArgument } as const
export const disputeOptions = {
  round: required(integer('ROUND', 1, 10_000), 'round whose anchored shares are wrong'),
  ...recomputeOptions,
  force: toggle('dispute although nothing differs'),
  ...directoryOptions,
  ...signerOptions,
  ...chainOptions,
  ...contractOptions,
  ...dryRunOptions,
  yes: toggle('do not ask'),
} as const
