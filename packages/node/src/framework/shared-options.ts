import { optional, toggle } from './option.ts'
import { choice } from './value-type.ts'

/** Levels of the log, most silent first. */
export const LOG_LEVELS = ['silent', 'error', 'warn', 'info', 'debug'] as const

/** Options that every command has. */
export const sharedOptions = {
  json: toggle('print results as JSON on stdout'),
  logLevel: optional(
    choice('LEVEL', LOG_LEVELS),
    `log on stderr: ${LOG_LEVELS.join(', ')} (default: warn on a terminal, else info)`,
  ),
} as const
