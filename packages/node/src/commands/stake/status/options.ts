import { optional } from '../../../framework/option.ts'
import { address } from '../../../framework/value-type.ts'
import { chainOptions } from '../../../options/chain.ts'
import { directoryOptions } from '../../../options/directory.ts'
import { anyPositionOptions, networkOptions } from '../../../options/network.ts'
import { accountOptions } from '../../../options/signer.ts'

export const statusOptions = {
  ...anyPositionOptions,
  operator: optional(address, 'only positions of this operator'),
  ...directoryOptions,
  ...accountOptions,
  ...chainOptions,
  ...networkOptions,
} as const
