/** First magnitude, as bits of a float32, that is 2^16 or above, infinite or NaN. */
const OVERFLOW = 0x4780_0000
/** Bits of 2^-14, the smallest normal half float. */
const SMALLEST_NORMAL = 0x3880_0000
const INFINITE = 0x7f80_0000
/** Difference of the exponents' biases, 127 - 15, at its place in a float32. */
const REBIAS = 0x3800_0000
/** Adding and subtracting it rounds a small f64 to an integer, ties to even. */
const ROUNDER = 2 ** 52
/** Value of a fraction's last bit by exponent. */
const UNITS = Float64Array.from({ length: 32 }, (_, exponent) => 2 ** (exponent - 25))

/**
 * IEEE 754 binary16 of each value, rounded to nearest, ties to even; what rounds to 2^16 or above becomes infinite.
 * @see IEEE 754-2019, 3.6 and 4.3.1
 */
export function toHalfFloats(values: Float32Array): Uint16Array {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length)
  const halves = new Uint16Array(values.length)
  for (let i = 0; i < halves.length; i++) {
    const word = bits[i] as number
    const magnitude = word & 0x7fff_ffff
    halves[i] = ((word >>> 16) & 0x8000) | halfMagnitude(magnitude, values[i] as number)
  }
  return halves
}

/** The exact value of one half float. */
export function fromHalfFloat(half: number): number {
  const exponent = (half >>> 10) & 0x1f
  const fraction = half & 0x3ff
  const sign = half & 0x8000 ? -1 : 1
  if (exponent === 0) return sign * fraction * 2 ** -24
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN
  return sign * (fraction + 1024) * (UNITS[exponent] as number)
}

function halfMagnitude(magnitude: number, value: number): number {
  if (magnitude >= OVERFLOW) return magnitude > INFINITE ? 0x7e00 : 0x7c00
  if (magnitude < SMALLEST_NORMAL) return Math.abs(value) * 2 ** 24 + ROUNDER - ROUNDER
  // Half of the last kept bit, and one less unless that bit is odd; a carry runs into the exponent, as it has to.
  const isOdd = (magnitude >>> 13) & 1
  return (magnitude - REBIAS + 0xfff + isOdd) >>> 13
}
