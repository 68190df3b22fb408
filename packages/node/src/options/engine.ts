import { defaulted } from '../framework/option.ts'
import { choice } from '../framework/value-type.ts'

/** Back ends that models may run on. */
const ENGINES = ['wasm', 'cpu'] as const

/** What trains and evaluates. */
export const engineOptions = {
  engine: defaulted(choice('ENGINE', ENGINES), 'wasm', `what to compute on: ${ENGINES.join(', ')}`),
} as const
