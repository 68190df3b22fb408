import { MAX_ROUNDS } from '@fednode/protocol'
import { optional } from '../framework/option.ts'
import { address, filePath, integer } from '../framework/value-type.ts'
import { directoryOptions } from './directory.ts'

/** Which federation's model. */
export const modelArguments = {
  scenario: optional(address, 'address of the Scenario (default: the only one in --dir)'),
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
