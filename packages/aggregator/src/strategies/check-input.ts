import { AggregatorError } from '../aggregator-error.ts'
import type { AggregationInput, UpdateSource } from './types.ts'

/**
 * Refuses input that no strategy can work on and sorts the updates by silo, so that nothing depends on the order they came in.
 * @throws {AggregatorError} NO_UPDATES, SILO_TWICE, LENGTHS_DIFFER, BAD_UPDATE_COUNT.
 */
export function checkInput(input: AggregationInput): AggregationInput {
  const updates = input.updates.toSorted((a, b) => (a.silo < b.silo ? -1 : 1))
  if (updates.length === 0)
    throw new AggregatorError('there is no update to aggregate', { code: 'NO_UPDATES' })
  updates.forEach((update, i) => {
    checkUpdate(update, input.base.length)
    if (update.silo === updates[i - 1]?.silo) throw siloTwice(update.silo)
  })
  for (const [name, { length }] of input.state)
    checkLength(`the state vector ${name}`, length, input.base.length)
  checkCount('the local learning rate', input.localLearningRate, input.localLearningRate > 0)
  checkCount('the number of registered silos', input.clients, Number.isSafeInteger(input.clients))
  return { ...input, updates }
}

function checkUpdate({ silo, length, samples, steps }: UpdateSource, expected: number): void {
  checkLength(`the update of ${silo}`, length, expected)
  checkCount(`the samples of ${silo}`, samples, Number.isSafeInteger(samples))
  checkCount(`the local steps of ${silo}`, steps, Number.isSafeInteger(steps))
}

function checkLength(what: string, actual: number, expected: number): void {
  if (actual === expected) return
  const message = `${what} has ${actual} values, the model has ${expected}`
  throw new AggregatorError(message, { code: 'LENGTHS_DIFFER', what, expected, actual })
}

function checkCount(what: string, value: number, isValid: boolean): void {
  if (isValid && value > 0 && Number.isFinite(value)) return
  const message = `${what}: ${value} is no positive number`
  throw new AggregatorError(message, { code: 'BAD_UPDATE_COUNT', what, value })
}

function siloTwice(silo: string): AggregatorError {
  return new AggregatorError(`two updates of ${silo} in one round`, { code: 'SILO_TWICE', silo })
}
