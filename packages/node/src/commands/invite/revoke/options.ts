import { required } from '../../../framework/option.ts'
import { text } from '../../../framework/value-type.ts'
import { chainOptions } from '../../../options/chain.ts'
import { directoryOptions } from '../../../options/directory.ts'
import { signerOptions } from '../../../options/signer.ts'

export const inviteRevokeArguments = {
  invite: required(text('INVITE'), 'its eight digits, as in  fednode invite list'),
} as const

export const inviteRevokeOptions = {
  ...directoryOptions,
  ...signerOptions,
  ...chainOptions,
} as const
