/** A set of numbers below `count`: which chunks of a blob somebody has, wants or lacks. */
export type BitField = {
  readonly count: number
  has(index: number): boolean
  add(index: number): void
  /** How many are in the set. */
  size(): number
  isFull(): boolean
  /** A copy: number i is bit i mod 8, lowest first, of byte i / 8; the bits behind the last number are 0. */
  toBytes(): Uint8Array
}

/** An empty set of numbers below `count`. */
export function createBitField(count: number): BitField {
  return fieldOver(new Uint8Array(bytesOfBitField(count)), count)
}

/** The set of all numbers below `count`. */
export function fullBitField(count: number): BitField {
  const field = createBitField(count)
  for (let index = 0; index < count; index++) field.add(index)
  return field
}

/** Reads what toBytes() wrote; undefined when the bytes are no set of numbers below `count`. */
export function parseBitField(bytes: Uint8Array, count: number): BitField | undefined {
  if (bytes.length !== bytesOfBitField(count)) return undefined
  const spare = bytes.length * 8 - count
  const last = bytes.at(-1) ?? 0
  return last >>> (8 - spare) === 0 ? fieldOver(bytes.slice(), count) : undefined
}

/** Length of a set of numbers below `count`, in bytes. */
export function bytesOfBitField(count: number): number {
  return Math.ceil(count / 8)
}

function fieldOver(bytes: Uint8Array, count: number): BitField {
  let size = 0
  for (const byte of bytes) size += countBits(byte)
  const has = (index: number): boolean => (((bytes[index >>> 3] ?? 0) >>> (index & 7)) & 1) === 1
  return {
    count,
    has,
    add(index) {
      if (index < 0 || index >= count || has(index)) return
      bytes[index >>> 3] = (bytes[index >>> 3] ?? 0) | (1 << (index & 7))
      size++
    },
    size: () => size,
    isFull: () => size === count,
    toBytes: () => bytes.slice(),
  }
}

function countBits(byte: number): number {
  let count = 0
  for (let rest = byte; rest > 0; rest >>>= 1) count += rest & 1
  return count
}
