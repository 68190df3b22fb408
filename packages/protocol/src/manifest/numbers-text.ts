/** An integer or a decimal text with thousands separated by commas: 199,210 and 800,000.5. */
export function groupThousands(value: number | string): string {
  const [whole = '', fraction] = String(value).split('.')
  const grouped = Array.from(whole, (digit, i) =>
    i > 0 && (whole.length - i) % 3 === 0 ? `,${digit}` : digit,
  ).join('')
  return fraction === undefined ? grouped : `${grouped}.${fraction}`
}

/** `share` basis points of a decimal amount, exact: shareOfAmount("100.5", 2500) is "25.125". */
export function shareOfAmount(amount: string, bps: number): string {
  const [whole = '0', fraction = ''] = amount.split('.')
  // Four more digits hold every basis point.
  const places = fraction.length + 4
  const digits = (BigInt(whole + fraction) * BigInt(bps)).toString().padStart(places + 1, '0')
  const decimals = digits.slice(-places).replace(/0+$/, '')
  const integer = digits.slice(0, -places)
  return decimals === '' ? integer : `${integer}.${decimals}`
}

/** A share of one for people: 0.75 is "75 %". */
export function percent(share: number): string {
  return `${Number((100 * share).toPrecision(6))} %`
}

/** Seconds for people: "60 s", "5 min", "2 d". */
export function duration(seconds: number): string {
  if (seconds % 86_400 === 0) return `${seconds / 86_400} d`
  if (seconds % 3_600 === 0) return `${seconds / 3_600} h`
  if (seconds % 60 === 0 && seconds > 60) return `${seconds / 60} min`
  return `${seconds} s`
}
