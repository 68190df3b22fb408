import { required } from '../../../framework/option.ts'
import { filePath } from '../../../framework/value-type.ts'
import { networkDeedOptions } from '../../../options/network-deed.ts'

export const challengeArguments = {
  evidence: required(filePath(), 'what speaks against the root; its digest is on the chain'),
} as const
export const challengeOptions = networkDeedOptions
