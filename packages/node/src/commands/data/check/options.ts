import { required, toggle } from '../../../framework/option.ts'
import { filePath, text } from '../../../framework/value-type.ts'
import { chainOptions } from '../../../options/chain.ts'
import { directoryOptions } from '../../../options/directory.ts'

export const dataCheckArguments = {
  file: required(filePath(), 'the rows to check: a file, a folder of images, or one SELECT'),
} as const

export const dataCheckOptions = {
  manifest: required(text('PLAN'), 'federation.yaml, or the address of a Scenario'),
  noValues: toggle('print counts and row numbers only, nothing that stands in the rows'),
  ...directoryOptions,
  ...chainOptions,
} as const
