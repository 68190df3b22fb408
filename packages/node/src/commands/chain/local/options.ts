import { defaulted } from '../../../framework/option.ts'
import { integer } from '../../../framework/value-type.ts'

/** The port that all commands look at by default. */
const DEFAULT_PORT = 8545
const MAX_PORT = 65_535

export const localOptions = {
  port: defaulted(
    integer('PORT', 0, MAX_PORT),
    DEFAULT_PORT,
    'port on 127.0.0.1; 0 takes a free one',
  ),
} as const
