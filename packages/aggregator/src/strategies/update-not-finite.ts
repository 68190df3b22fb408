import { AggregatorError } from '../aggregator-error.ts'

/** The error for an update with NaN or an infinity in it. */
export function updateNotFinite(silo: string): AggregatorError {
  const message = `the update of ${silo} holds values that are not finite`
  return new AggregatorError(message, { code: 'UPDATE_NOT_FINITE', silo })
}
