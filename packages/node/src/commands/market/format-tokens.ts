import { formatAmount } from '@fednode/contracts'

const SCALE = 10n ** 18n
const PERCENT_DECIMALS = 2

/** Wei as whole tokens with thousands separators and a fixed number of decimals, rounded down: "1,234.50". */
export function formatTokens(wei: bigint, decimals: number): string {
  const [whole = '0', fraction = ''] = formatAmount(wei).split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return decimals === 0
    ? grouped
    : `${grouped}.${fraction.padEnd(decimals, '0').slice(0, decimals)}`
}

/** A fraction scaled by 1e18 as percent: "0.30 %". */
export function formatPercent(fraction: bigint): string {
  return `${(Number((fraction * 1_000_000n) / SCALE) / 10_000).toFixed(PERCENT_DECIMALS)} %`
}
