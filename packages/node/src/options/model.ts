import { MAX_ROUNDS } from '@fednode/protocol'
import { optional } from '../framework/option.ts'
import { filePath, integer } from '../framework/value-type.ts'
import { directoryOptions } from './directory.ts'
import { runOption } from './run.ts'

/** Which federation's model. */
export const modelArguments = {
  scenario: runOption,
} as const

/** The model of which round in a data directory. */
export const keptModelOptions = {
  ...directoryOptions,
  round: optional(integer('N', 1, MAX_ROUNDS), 'the model of this round (default: the last one)'),
} as const

/** The same, or a file. */
export const modelOptions = {
  ...keptModelOptions,
  model: optional(filePath(), 'a model file (.safetensors) instead of one in --dir'),
  manifest: optional(filePath(), 'federation.yaml of that file'),
} as const
