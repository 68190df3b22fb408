import { UserError } from '@fednode/protocol'
import { formatUnits } from 'viem'

/** Decimals of every token and currency in fednode (CONTRACTS.md 2.0): one token is 10^18 wei. */
export const TOKEN_DECIMALS = 18
/** One whole token in wei; also 100 % where a fraction is scaled by 1e18. */
export const ONE_TOKEN: bigint = 10n ** 18n
/** So many whole tokens look like wei typed by mistake; real supplies are around a million. */
export const MAX_WHOLE_TOKENS: bigint = 10n ** 15n

const DECIMAL = /^(\d+)(?:\.(\d+))?$/
const MAX_AMOUNT_TEXT = 60

/**
 * Reads an amount that a person typed, in whole tokens: `100`, `100.5`, `0.000000000000000001`.
 * @param text - digits with at most one point and 18 decimals; no sign, exponent, separator or unit.
 * @returns wei.
 * @throws {UserError} BAD_AMOUNT (usage) with the value and what was expected, also when whole tokens are so many that wei were meant.
 */
export function parseAmount(text: string): bigint {
  const trimmed = text.trim()
  const match = trimmed.length <= MAX_AMOUNT_TEXT ? DECIMAL.exec(trimmed) : null
  if (match === null) throw badAmount(trimmed)
  const [, whole = '0', fraction = ''] = match
  if (fraction.length > TOKEN_DECIMALS) {
    throw refuse(trimmed, `has ${fraction.length} decimals; a token has ${TOKEN_DECIMALS}`)
  }
  const tokens = BigInt(whole)
  if (tokens >= MAX_WHOLE_TOKENS) {
    throw refuse(
      trimmed,
      'is more tokens than any federation has; it looks like wei',
      asTokens(whole),
    )
  }
  return tokens * ONE_TOKEN + BigInt(fraction.padEnd(TOKEN_DECIMALS, '0'))
}

/** Decimals of a share that survive the way to the chain; a double has 15. */
const SHARE_DECIMALS = 9

/** A share as the contracts have it: 0.5 is 0.5e18, rounded to nine decimals. */
export function scaleShare(share: number): bigint {
  const rounded = BigInt(Math.round(share * 10 ** SHARE_DECIMALS))
  return (rounded * ONE_TOKEN) / 10n ** BigInt(SHARE_DECIMALS)
}

/**
 * Writes an amount for a person, in whole tokens, exact: `100.5`.
 * @param wei - may be negative (a difference).
 */
export function formatAmount(wei: bigint): string {
  return formatUnits(wei, TOKEN_DECIMALS)
}

function badAmount(text: string): UserError {
  if (text.startsWith('-')) return refuse(text, 'is negative')
  if (/^\d[\d.]*e[+-]?\d+$/i.test(text)) return refuse(text, 'has an exponent')
  if (/^[\d.]*,[\d.,]*$/.test(text)) return refuse(text, 'has a comma')
  return refuse(text, 'is not an amount')
}

function refuse(text: string, what: string, suggestion?: string): UserError {
  const shown = text.length > MAX_AMOUNT_TEXT ? `${text.slice(0, MAX_AMOUNT_TEXT)}…` : text
  const hint =
    suggestion === undefined
      ? 'Write whole tokens in plain decimals, for example 100 or 0.25.'
      : `Amounts are whole tokens, not wei. Did you mean ${suggestion}?`
  return new UserError('usage', `amount ${JSON.stringify(shown)} ${what}`, {
    code: 'BAD_AMOUNT',
    hint,
  })
}

function asTokens(wei: string): string {
  return formatAmount(BigInt(wei))
}
