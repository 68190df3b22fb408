import type { Logger } from '@fednode/protocol'
import { type DestinationStream, destination, type Logger as PinoLogger, pino } from 'pino'
import { redact } from './redact.ts'

/**
 * JSON lines on stderr (or `stream`), written synchronously so that the last line before a crash is there.
 * Fields pass through `redact`: keys never reach a log (T41).
 */
export function createLogger(
  options: { readonly level: string },
  stream: DestinationStream = destination({ fd: 2, sync: true }),
): Logger {
  return wrap(
    pino(
      {
        level: options.level,
        base: null,
        timestamp: () => `,"time":"${new Date().toISOString()}"`,
        formatters: { level: (label) => ({ level: label }), log: redact },
      },
      stream,
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
