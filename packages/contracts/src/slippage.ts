import { UserError } from '@fednode/protocol'

const BPS = 10_000n

/**
 * The least to accept when `amountOut` is quoted and the price may move by `toleranceBps` until the trade is mined (T57).
 * @throws {UserError} BAD_TOLERANCE (usage) outside 0 to 10,000.
 */
export function minOutOf(amountOut: bigint, toleranceBps: number): bigint {
  return (amountOut * (BPS - checked(toleranceBps))) / BPS
}

/**
 * The most to pay when `amountIn` is quoted and the price may move by `toleranceBps` until the trade is mined (T57).
 * @throws {UserError} BAD_TOLERANCE (usage) outside 0 to 10,000.
 */
export function maxInOf(amountIn: bigint, toleranceBps: number): bigint {
  return (amountIn * (BPS + checked(toleranceBps)) + BPS - 1n) / BPS
}

function checked(toleranceBps: number): bigint {
  if (Number.isInteger(toleranceBps) && toleranceBps >= 0 && toleranceBps <= Number(BPS)) {
    return BigInt(toleranceBps)
  }
  throw new UserError('usage', `price tolerance ${toleranceBps} is not 0 to 10,000 basis points`, {
    code: 'BAD_TOLERANCE',
  })
}
