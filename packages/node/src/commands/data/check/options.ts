import { required } from '../../../framework/option.ts'
import { filePath, text } from '../../../framework/value-type.ts'
import { chainOptions } from '../../../options/chain.ts'
import { directoryOptions } from '../../../options/directory.ts'

export const dataCheckArguments = { file: required(filePath(), 'the rows to check') } as const

export const dataCheckOptions = {
  manifest: required(text('PLAN'), 'federation.yaml, or the address of a Scenario'),
  ...directoryOptions,
  ...chainOptions,
} as const
