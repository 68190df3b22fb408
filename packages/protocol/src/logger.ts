/** Structured logger as injected everywhere; pino satisfies it. Messages are static text, values go into fields. */
export type Logger = {
  error(fields: object, message: string): void
  warn(fields: object, message: string): void
  info(fields: object, message: string): void
  debug(fields: object, message: string): void
  child(fields: Record<string, unknown>): Logger
}

const nothing = (): void => {}

/** A logger that drops everything. */
export const silentLogger: Logger = {
  error: nothing,
  warn: nothing,
  info: nothing,
  debug: nothing,
  child: () => silentLogger,
}
