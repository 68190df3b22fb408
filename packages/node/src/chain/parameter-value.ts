import {
  formatAmount,
  type GovernedParameter,
  type ParameterUnit,
  parseAmount,
} from '@fednode/contracts'
import { UserError } from '@fednode/protocol'
import { durationText } from '../framework/duration-text.ts'
import { countText, percentText } from '../framework/number-text.ts'

const BPS = 10_000

/** A parameter's number with what it means. */
export function parameterText(value: bigint, unit: ParameterUnit): string {
  if (unit === 'seconds') return durationText(Number(value))
  if (unit === 'bps') return percentText(Number(value) / BPS, 2)
  if (unit === 'percent') return `${value} %`
  if (unit === 'tokens') return `${countText(value)} FDN`
  if (unit === 'wei') return `${formatAmount(value)} FDN`
  return unit === 'fixed' ? formatAmount(value) : countText(value)
}

const TYPED: { readonly [U in ParameterUnit]: string } = {
  seconds: 'seconds',
  bps: 'bps',
  percent: 'percent',
  tokens: 'whole FDN',
  wei: 'FDN',
  fixed: 'decimal',
  count: 'count',
}

/** How a value of a unit is typed. */
export function unitText(unit: ParameterUnit): string {
  return TYPED[unit]
}

/** A value as it is typed. */
export function typedText(value: bigint, unit: ParameterUnit): string {
  return unit === 'wei' || unit === 'fixed' ? formatAmount(value) : value.toString()
}

/**
 * Reads a value as it is typed for a parameter.
 * @throws {UserError} BAD_VALUE (usage) for what is no number of its unit or lies outside of its bounds.
 */
export function parseParameter(text: string, parameter: GovernedParameter): bigint {
  const { name, unit, min, max } = parameter
  const decimal = unit === 'wei' || unit === 'fixed'
  const wellFormed = decimal ? /^\d{1,15}(\.\d{1,18})?$/ : /^\d{1,15}$/
  const parse = decimal ? parseAmount : BigInt
  const value = wellFormed.test(text) ? parse(text) : undefined
  if (value !== undefined && value >= min && value <= max) return value
  const range = `${typedText(min, unit)} to ${typedText(max, unit)}`
  throw new UserError(
    'usage',
    `${name} is ${range} (${unitText(unit)}), not ${JSON.stringify(text)}`,
    { code: 'BAD_VALUE' },
  )
}
