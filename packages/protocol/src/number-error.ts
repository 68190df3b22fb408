import { FedError } from './errors.ts'

export type NumberErrorInfo =
  /** NaN, an infinity, or too large to be exact in the unit. */
  { code: 'NUMBER_NOT_EXACT'; value: number }

/** A number that cannot be quantised. */
export class NumberError extends FedError<NumberErrorInfo> {
  override name = 'NumberError'
}
