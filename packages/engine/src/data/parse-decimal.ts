const NUMBER_CHARACTERS = /^[0-9+\-.eE]+$/
const MAX_NUMBER_CHARACTERS = 64

/** A decimal number with a point, or undefined: no NaN, no Infinity, no hexadecimal, no thousands separators. */
export function parseDecimal(text: string): number | undefined {
  if (text.length > MAX_NUMBER_CHARACTERS || !NUMBER_CHARACTERS.test(text)) return undefined
  const value = Number(text)
  return Number.isNaN(value) ? undefined : value
}
