import type { Logger } from '@fednode/protocol'
import { type DestinationStream, destination, pino } from 'pino'
import { redact } from './redact.ts'

/**
 * JSON lines on stderr (or `stream`), written synchronously so that the last line before a crash is there.
 * Fields pass through `redact`: keys never reach a log (T41).
 */
export function createLogger(
  options: { readonly level: string },
  stream: DestinationStream = destination({ fd: 2, sync: true }),
): Logger {
  return pino(
    {
      level: options.level,
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }), log: redact, bindings: redact },
    },
    stream,
  )
}
