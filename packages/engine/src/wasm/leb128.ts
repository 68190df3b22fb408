/** A whole number from 0 to 2^32 - 1 in the variable-length form of WebAssembly's binary format. */
export function unsigned(value: number): number[] {
  const bytes: number[] = []
  let rest = value
  while (rest >= 0x80) {
    bytes.push((rest & 0x7f) | 0x80)
    rest >>>= 7
  }
  return [...bytes, rest]
}

/** A whole number from -2^31 to 2^31 - 1 in the variable-length form of WebAssembly's binary format. */
export function signed(value: number): number[] {
  const bytes: number[] = []
  let rest = value
  // The last byte's bit 6 is the sign of all that follows.
  while (rest < -0x40 || rest > 0x3f) {
    bytes.push((rest & 0x7f) | 0x80)
    rest >>= 7
  }
  return [...bytes, rest & 0x7f]
}
