import { required, toggle } from '../../../framework/option.ts'
import { decimalAmount, text } from '../../../framework/value-type.ts'
import { chainOptions } from '../../../options/chain.ts'
import { contractOptions } from '../../../options/contracts.ts'
import { directoryOptions } from '../../../options/directory.ts'
import { dryRunOptions } from '../../../options/dry-run.ts'
import { signerOptions } from '../../../options/signer.ts'
import { scenarioArgument } from '../../../options/target.ts'

export const transferArguments = {
  scenario: scenarioArgument,
  asset: required(text('ASSET'), "CUR, LP (pool shares) or a silo's name for its token"),
  amount: required(decimalAmount, 'how many of them'),
} as const

export const transferOptions = {
  // As text: the handler checks its checksum, which an address in lower case does not have any more.
  to: required(text('0xADDR'), 'account that gets them'),
  ...directoryOptions,
  ...signerOptions,
  ...chainOptions,
  ...contractOptions,
  ...dryRunOptions,
  yes: toggle('do not ask'),
} as const
