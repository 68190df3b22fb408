import { defaulted } from '../../../framework/option.ts'
import { decimalAmount } from '../../../framework/value-type.ts'
import { chainOptions } from '../../../options/chain.ts'
import { directoryOptions } from '../../../options/directory.ts'
import { dryRunOptions } from '../../../options/dry-run.ts'
import { signerOptions } from '../../../options/signer.ts'

export const fundOptions = {
  ...directoryOptions,
  ...signerOptions,
  ...chainOptions,
  ether: defaulted(decimalAmount, '10', 'native coin to have, for gas'),
  amount: defaulted(decimalAmount, '10000', 'play money (CUR) to add'),
  tokens: defaulted(decimalAmount, '20000', 'tokens (FDN) to add where a network is deployed'),
  ...dryRunOptions,
} as const
