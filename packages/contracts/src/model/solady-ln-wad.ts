/** Bit length of the numbers in Solady's approximation: (1, 2) * 2^96. */
const BASE_BITS = 96n

/**
 * Solady's `FixedPointMathLib.lnWad` (0.1.26), bit for bit: the same integers in the same order.
 * @param x - above 0, 1e18 = 1. @returns ln x, 1e18 = 1.
 */
export function lnWad(x: bigint): bigint {
  const octave = BigInt(x.toString(2).length - 1)
  const m = octave >= BASE_BITS ? x >> (octave - BASE_BITS) : x << (BASE_BITS - octave)
  let p = 3273285459638523848632254066296n + m
  p = 24828157081833163892658089445524n + scaled(p, m)
  p = 43456485725739037958740375743393n + scaled(p, m)
  p = scaled(p, m) - 11111509109440967052023855526967n
  p = scaled(p, m) - 45023709667254063763336534515857n
  p = scaled(p, m) - 14706773417378608786704636184526n
  p = p * m - (795164235651350426258249787498n << BASE_BITS)
  let q = 5573035233440673466300451813936n + m
  q = 71694874799317883764090561454958n + scaled(m, q)
  q = 283447036172924575727196451306956n + scaled(m, q)
  q = 401686690394027663651624208769553n + scaled(m, q)
  q = 204048457590392012362485061816622n + scaled(m, q)
  q = 31853899698501571402653359427138n + scaled(m, q)
  q = 909429971244387300277376558375n + scaled(m, q)
  return combine(p / q, octave - BASE_BITS)
}

/** Scale factor, octaves and the change of base, at 5^18 * 2^192. */
function combine(quotient: bigint, octaves: bigint): bigint {
  const scaledQuotient = 1677202110996718588342820967067443963516166n * quotient
  const ofOctaves =
    16597577552685614221487285958193947469193820559219878177908093499208371n * octaves
  const ofBase = 600920179829731861736702779321621459595472258049074101567377883020018308n
  return (ofBase + ofOctaves + scaledQuotient) >> 174n
}

function scaled(a: bigint, b: bigint): bigint {
  return (a * b) >> BASE_BITS
}
