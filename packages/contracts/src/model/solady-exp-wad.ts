import { ModelError } from './model-error.ts'

const BASE_BITS = 96n
/** ln 2 at 2^96. */
const LN2 = 54916777467707473351141471128n
/** Below it the result is less than half a unit. */
const LEAST = -41446531673892822313n
/** From it on the result does not fit int256. */
const LIMIT = 135305999368893231589n

/**
 * Solady's `FixedPointMathLib.expWad` (0.1.26), bit for bit: the same integers in the same order.
 * @param input - 1e18 = 1. @returns e ^ input, 1e18 = 1.
 * @throws {ModelError} POW_OVERFLOW where the contract reverts with ExpOverflow.
 */
export function expWad(input: bigint): bigint {
  if (input <= LEAST) return 0n
  if (input >= LIMIT) throw new ModelError('the power does not fit', { code: 'POW_OVERFLOW' })
  const base = (input << 78n) / 5n ** 18n
  const k = ((base << BASE_BITS) / LN2 + 2n ** 95n) >> BASE_BITS
  const x = base - k * LN2
  let y = x + 1346386616545796478920950773328n
  y = scaled(y, x) + 57155421227552351082224309758442n
  let p = y + x - 94201549194550492254356042504812n
  p = scaled(p, y) + 28719021644029726153956944680412240n
  p = p * x + (4385272521454847904659076985693276n << BASE_BITS)
  let q = x - 2855989394907223263936484059900n
  q = scaled(q, x) + 50020603652535783019961831881945n
  q = scaled(q, x) - 533845033583426703283633433725380n
  q = scaled(q, x) + 3604857256930695427073651918091429n
  q = scaled(q, x) - 14423608567350463180887372962807573n
  q = scaled(q, x) + 26449188498355588339934803723976023n
  return ((p / q) * 3822833074963236453042738258902158003155416615667n) >> (195n - k)
}

function scaled(a: bigint, b: bigint): bigint {
  return (a * b) >> BASE_BITS
}
