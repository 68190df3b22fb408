/** What every error class's information carries: a stable, documented code. */
export type ErrorInfo = { readonly code: string }

/**
 * Base of all errors that fednode raises on purpose. Each module declares its own class, discriminated by `info.code`.
 * @example class StoreError extends FedError<StoreErrorInfo> { override name = 'StoreError' }
 */
export class FedError<Info extends ErrorInfo = ErrorInfo> extends Error {
  override name = 'FedError'
  readonly info: Info

  constructor(message: string, info: Info, options?: { cause?: unknown }) {
    super(message, options)
    this.info = info
  }

  get code(): string {
    return this.info.code
  }
}

/** Why a command cannot go on, by who has to act: decides the exit code (docs/exit-codes.md). */
export type Fault = 'usage' | 'refused' | 'network' | 'chain' | 'data'

/** Exit code of each fault; 0 is done and 1 is a bug. */
export const EXIT_CODES = { usage: 2, refused: 3, network: 4, chain: 5, data: 6 } as const

/**
 * An error that the person at the terminal can act on. Its message says what, where and the value; `hint` says what to do.
 * Printed as one line without a stack; the process exits with EXIT_CODES[fault].
 */
export class UserError extends FedError<{ code: string; fault: Fault; hint?: string }> {
  override name = 'UserError'

  constructor(
    fault: Fault,
    message: string,
    options: { code?: string; hint?: string; cause?: unknown } = {},
  ) {
    const { code = fault.toUpperCase(), hint, cause } = options
    super(
      message,
      hint === undefined ? { code, fault } : { code, fault, hint },
      cause === undefined ? undefined : { cause },
    )
  }
}
