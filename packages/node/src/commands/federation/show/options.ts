import { required } from '../../../framework/option.ts'
import { text } from '../../../framework/value-type.ts'
import { chainOptions } from '../../../options/chain.ts'
import { directoryOptions } from '../../../options/directory.ts'

export const showArguments = {
  plan: required(text('PLAN'), 'federation.yaml, or the address of a Scenario'),
} as const

export const showOptions = { ...directoryOptions, ...chainOptions } as const
