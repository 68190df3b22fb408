import type { Logger } from '@fednode/protocol'
import { type Logger as PinoLogger, pino } from 'pino'
import type { Writer } from '../framework/context.ts'
import { redact } from './redact.ts'

/**
 * JSON lines on stderr, written at once so that the last line before a crash is there.
 * Fields pass through `redact`: keys never reach a log (T41).
 */
export function createLogger(options: { readonly level: string }, stderr: Writer): Logger {
  return wrap(
    pino(
      {
        level: options.level,
        base: null,
        timestamp: () => `,"time":"${new Date().toISOString()}"`,
        formatters: { level: (label) => ({ level: label }), log: redact },
      },
      { write: (line: string) => stderr.write(line) },
    ),
  )
}

/** pino does not pass the fields of a child through `formatters`. */
function wrap(inner: PinoLogger): Logger {
  return {
    error: (fields, message) => inner.error(fields, message),
    warn: (fields, message) => inner.warn(fields, message),
    info: (fields, message) => inner.info(fields, message),
    debug: (fields, message) => inner.debug(fields, message),
    child: (fields) => wrap(inner.child(redact(fields))),
  }
}
