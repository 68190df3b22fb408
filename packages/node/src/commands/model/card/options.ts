import { optional } from '../../../framework/option.ts'
import { filePath } from '../../../framework/value-type.ts'
import { keptModelOptions } from '../../../options/model.ts'

export const modelCardOptions = {
  out: optional(filePath(), 'file to write; what is there is replaced (default: the terminal)'),
  ...keptModelOptions,
} as const
