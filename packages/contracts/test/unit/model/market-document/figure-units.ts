import { formatUnits, parseUnits } from 'viem'
import type { Figure } from './read-figures.ts'

/** Decimals that the document shows; what is behind them is cut off. */
const SHOWN = 6
const DECIMALS = 18
const SECONDS: Readonly<Record<string, bigint>> = { days: 86_400n, day: 86_400n }

/** What a figure of the document stands for: wei, seconds, or 1e18 = 1. */
export function parseFigure({ value, unit }: Figure): bigint {
  const plain = value.replaceAll(',', '')
  const seconds = SECONDS[unit]
  if (seconds !== undefined) return BigInt(plain) * seconds
  if (unit === 'wei') return BigInt(plain)
  return parseUnits(plain, unit === '%' ? DECIMALS - 2 : DECIMALS)
}

/** How the document has to write an exact value. */
export function writeFigure(value: bigint, unit: string): string {
  if (unit === 'wei') return grouped(String(value))
  const [whole = '0', fraction = ''] = formatUnits(
    value,
    unit === '%' ? DECIMALS - 2 : DECIMALS,
  ).split('.')
  const shown = fraction.slice(0, SHOWN).replace(/0+$/, '')
  return shown === '' ? grouped(whole) : `${grouped(whole)}.${shown}`
}

function grouped(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ',')
}
