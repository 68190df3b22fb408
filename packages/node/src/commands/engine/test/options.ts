import { required } from '../../../framework/option.ts'
import { choice } from '../../../framework/value-type.ts'
import { adapterOptions, ENGINES } from '../../../options/engine.ts'

export const engineTestArguments = {
  engine: required(choice('ENGINE', ENGINES), `engine to test: ${ENGINES.join(', ')}`),
} as const

export const engineTestOptions = { ...adapterOptions } as const
