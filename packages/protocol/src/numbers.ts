import { NumberError } from './number-error.ts'

const MICROS = 1e6
const PICO = 1e12

/** Nearest integer number of millionths; |value| up to about 9e9. @throws {NumberError} NUMBER_NOT_EXACT. */
export function toMicros(value: number): number {
  return quantise(value, MICROS)
}

/** The number behind an integer of millionths. */
export function fromMicros(micros: number): number {
  return micros / MICROS
}

/** Nearest integer number of 1e-12; |value| up to about 9,007. @throws {NumberError} NUMBER_NOT_EXACT. */
export function toPico(value: number): number {
  return quantise(value, PICO)
}

/** The number behind an integer of 1e-12. */
export function fromPico(pico: number): number {
  return pico / PICO
}

function quantise(value: number, unit: number): number {
  // + 0 turns -0 into 0: one encoding per number.
  const result = Math.round(value * unit) + 0
  if (!Number.isSafeInteger(result)) {
    throw new NumberError(`${value} cannot be written in units of 1/${unit}`, {
      code: 'NUMBER_NOT_EXACT',
      value,
    })
  }
  return result
}
