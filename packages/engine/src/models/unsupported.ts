import { EngineError } from '../errors.ts'

/** A model that is outside the allow-list or the limits (T20). */
export function unsupported(reason: string): EngineError {
  return new EngineError(`Model refused: ${reason}`, { code: 'UNSUPPORTED_MODEL', reason })
}
