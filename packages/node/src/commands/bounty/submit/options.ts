import { required } from '../../../framework/option.ts'
import { filePath } from '../../../framework/value-type.ts'
import { networkDeedOptions } from '../../../options/network-deed.ts'
import { bountyArgument } from '../bounty-argument.ts'

export const submitArguments = {
  bounty: bountyArgument,
  file: required(filePath(), 'what is proposed; only its digest is sent'),
} as const
export const submitOptions = networkDeedOptions
