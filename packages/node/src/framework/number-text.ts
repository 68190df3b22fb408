const WEI_DECIMALS = 18

/**
 * Wei as whole tokens for people: rounded half up to `decimals` places, thousands separated by commas.
 * @param wei - may be negative.
 */
export function amountText(wei: bigint, decimals = 2): string {
  const unit = 10n ** BigInt(WEI_DECIMALS - decimals)
  const size = wei < 0n ? -wei : wei
  const scaled = (size + unit / 2n) / unit
  const digits = scaled.toString().padStart(decimals + 1, '0')
  const whole = grouped(digits.slice(0, digits.length - decimals))
  const fraction = decimals === 0 ? '' : `.${digits.slice(digits.length - decimals)}`
  return `${wei < 0n && scaled > 0n ? '-' : ''}${whole}${fraction}`
}

/** Wei as whole tokens, every wei of it, and no zeros behind the last digit that counts. */
export function exactAmountText(wei: bigint): string {
  return amountText(wei, WEI_DECIMALS).replace(/\.?0+$/, '')
}

/** Wei as whole tokens with its sign, for gains and losses. */
export function signedAmountText(wei: bigint, decimals = 2): string {
  return `${wei > 0n ? '+' : ''}${amountText(wei, decimals)}`
}

/** Wei as a float of whole tokens, for axes only: money is never computed with it. */
export function amountNumber(wei: bigint): number {
  return Number(wei) / 10 ** WEI_DECIMALS
}

/** A count with thousands separated: 199,210. */
export function countText(count: number | bigint): string {
  return grouped(count.toString())
}

/** A value with its sign: +0.308, -0.292, 0.000. */
export function signedText(value: number, decimals = 3): string {
  const text = value.toFixed(decimals)
  if (Number(text) === 0) return (0).toFixed(decimals)
  return value > 0 ? `+${text}` : text
}

/** A contribution, with its standard error where it was estimated: +0.308 or +0.308 ± 0.012. */
export function valueText(
  { shapley, standardError }: { readonly shapley: number; readonly standardError: number },
  decimals = 3,
): string {
  const error = standardError > 0 ? ` ± ${standardError.toFixed(decimals)}` : ''
  return `${signedText(shapley, decimals)}${error}`
}

/** A part of one as percent: 0.266 is "26.6 %". */
export function percentText(part: number, decimals = 1): string {
  return `${(part * 100).toFixed(decimals)} %`
}

/** How much a price moved since it was `before`, signed; "-" when there was no price. */
export function changeText(before: bigint, now: bigint): string {
  if (before === 0n) return '-'
  const change = (Number(now - before) / Number(before)) * 100
  return `${signedText(change, 1)} %`
}

/** Bytes in the unit that fits: 796.9 kB. */
export function bytesText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(1)} kB`
  return `${(bytes / 1_000_000).toFixed(1)} MB`
}

function grouped(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ',')
}
