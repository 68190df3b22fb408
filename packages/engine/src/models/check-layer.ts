import { EngineError } from '../errors.ts'

/** Non-linearities between layers. */
export type HiddenActivation = 'linear' | 'relu' | 'tanh' | 'sigmoid'

/** A model that is outside the allow-list or the limits (T20). */
export function unsupported(reason: string): EngineError {
  return new EngineError(`Model refused: ${reason}`, { code: 'UNSUPPORTED_MODEL', reason })
}

/** @throws {EngineError} UNSUPPORTED_MODEL unless `activation` is on the allow-list. */
export function checkActivation(activation: string): HiddenActivation {
  if (
    activation === 'linear' ||
    activation === 'relu' ||
    activation === 'tanh' ||
    activation === 'sigmoid'
  )
    return activation
  throw unsupported('the activation is not on the allow-list')
}

/** @throws {EngineError} UNSUPPORTED_MODEL unless `value` is an integer from 1 to `max`. */
export function checkCount(value: number, max: number, what: string): void {
  if (!Number.isSafeInteger(value) || value < 1 || value > max)
    throw unsupported(`${what} is ${value}, not an integer from 1 to ${max}`)
}
