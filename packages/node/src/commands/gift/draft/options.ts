import { required } from '../../../framework/option.ts'
import { address, decimalAmount, filePath } from '../../../framework/value-type.ts'
import { chainOptions } from '../../../options/chain.ts'
import { networkOptions, positionOptions } from '../../../options/network.ts'

const { role, task } = positionOptions

export const draftArguments = {
  total: required(decimalAmount, 'tokens to share in all'),
} as const
export const draftOptions = {
  operator: required(address, 'whose position: the host'),
  role,
  task,
  out: required(filePath(), 'file to write, for  fednode gift offer'),
  ...chainOptions,
  ...networkOptions,
} as const
