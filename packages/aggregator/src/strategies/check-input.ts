import { AggregatorError } from '../aggregator-error.ts'
import type { AggregationInput, UpdateSource } from './types.ts'

/**
 * Refuses input that no strategy can work on and sorts updates by silo and state by name, so that nothing depends on the order they
 * came in.
 * @throws {AggregatorError} NO_UPDATES, SILO_TWICE, LENGTHS_DIFFER, BAD_UPDATE_COUNT.
 */
export function checkInput(input: AggregationInput): AggregationInput {
  const updates = input.updates.toSorted((a, b) => (a.silo < b.silo ? -1 : 1))
  const state = new Map([...input.state].sort(([a], [b]) => (a < b ? -1 : 1)))
  if (updates.length === 0)
    throw new AggregatorError('there is no update to aggregate', { code: 'NO_UPDATES' })
  updates.forEach((update, i) => {
    checkUpdate(update, input.base.length)
    if (update.silo === updates[i - 1]?.silo) throw siloTwice(update.silo)
  })
  for (const [name, { length }] of state)
    checkLength(`the state vector ${name}`, length, input.base.length)
  checkPositive('the local learning rate', input.localLearningRate)
  checkWhole('the number of registered silos', input.clients)
  return { ...input, updates, state }
}

function checkUpdate({ silo, length, samples, steps }: UpdateSource, expected: number): void {
  checkLength(`the update of ${silo}`, length, expected)
  checkWhole(`the samples of ${silo}`, samples)
  checkWhole(`the local steps of ${silo}`, steps)
}

function checkLength(what: string, actual: number, expected: number): void {
  if (actual === expected) return
  const message = `${what} has ${actual} values, the model has ${expected}`
  throw new AggregatorError(message, { code: 'LENGTHS_DIFFER', what, expected, actual })
}

function checkWhole(what: string, value: number): void {
  checkPositive(what, value)
  if (!Number.isSafeInteger(value))
    throw badCount(`${what}: ${value} is no whole number`, what, value)
}

function checkPositive(what: string, value: number): void {
  if (!(value > 0 && Number.isFinite(value)))
    throw badCount(`${what}: ${value} is no positive number`, what, value)
}

function badCount(message: string, what: string, value: number): AggregatorError {
  return new AggregatorError(message, { code: 'BAD_UPDATE_COUNT', what, value })
}

function siloTwice(silo: string): AggregatorError {
  return new AggregatorError(`two updates of ${silo} in one round`, { code: 'SILO_TWICE', silo })
}
