import type { Fees } from './fees.ts'

/** Both fees of a replacement over those of what it replaces, in thousandths: nodes ask for a tenth (geth) to an eighth more. */
const RAISE = 1_125n
/** A transaction that offers this many times what the chain asks waits for something else than money. */
const MOST_OVER_QUOTED = 4n

/**
 * Fees that replace a transaction in the nodes' pools: both higher by an eighth, or as high as new ones (T54).
 * @param most - `quoted`: what a new transaction would offer; `maxFee`: the bound in wei.
 * @returns undefined when they would be above the bound, or far above what the chain asks.
 */
export function raiseFees(
  present: Fees,
  most: { readonly quoted: Fees; readonly maxFee: bigint },
): Fees | undefined {
  const { quoted, maxFee } = most
  const maxFeePerGas = larger(raised(present.maxFeePerGas), quoted.maxFeePerGas)
  const isTooHigh = maxFeePerGas > maxFee || maxFeePerGas > MOST_OVER_QUOTED * quoted.maxFeePerGas
  if (isTooHigh) return undefined
  const tip = larger(raised(present.maxPriorityFeePerGas), quoted.maxPriorityFeePerGas)
  return { maxFeePerGas, maxPriorityFeePerGas: tip }
}

// Rounded up: a tip of zero has to rise, too.
function raised(fee: bigint): bigint {
  return (fee * RAISE) / 1_000n + 1n
}

function larger(a: bigint, b: bigint): bigint {
  return a > b ? a : b
}
