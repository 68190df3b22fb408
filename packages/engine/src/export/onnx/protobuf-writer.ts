/** Fields of one message of Protocol Buffers, encoded one after the other. */
export type Message = Uint8Array

/** Kinds of fields on the wire (https://protobuf.dev/programming-guides/encoding). */
const VARINT = 0
const LENGTH_DELIMITED = 2
const FIXED_32 = 5
const MORE = 0x80
const LOW_BITS = 0x7f

/** A message of the given fields, in their order. */
export function message(...fields: readonly Uint8Array[]): Message {
  const length = fields.reduce((sum, field) => sum + field.length, 0)
  const bytes = new Uint8Array(length)
  let position = 0
  for (const field of fields) {
    bytes.set(field, position)
    position += field.length
  }
  return bytes
}

/** An integer field; a negative number is that of int64. */
export function integerField(field: number, value: number): Uint8Array {
  return Uint8Array.from([...tag(field, VARINT), ...varint(value)])
}

/** A field of type float. */
export function floatField(field: number, value: number): Uint8Array {
  const bytes = new Uint8Array(Float32Array.of(value).buffer)
  return Uint8Array.from([...tag(field, FIXED_32), ...bytes])
}

/** A field of type string. */
export function textField(field: number, value: string): Uint8Array {
  return bytesField(field, new TextEncoder().encode(value))
}

/** A field of type bytes, or a message within a message. */
export function bytesField(field: number, value: Uint8Array): Uint8Array {
  return message(Uint8Array.from([...tag(field, LENGTH_DELIMITED), ...varint(value.length)]), value)
}

/** One field per item: repeated fields that are not packed. */
export function repeated<T>(
  items: readonly T[],
  fieldOf: (item: T, index: number) => Uint8Array,
): Uint8Array {
  return message(...items.map(fieldOf))
}

function tag(field: number, wireType: number): number[] {
  return varint(field * 8 + wireType)
}

function varint(value: number): number[] {
  const bytes: number[] = []
  let rest = BigInt.asUintN(64, BigInt(value))
  while (rest > LOW_BITS) {
    bytes.push(Number(rest & BigInt(LOW_BITS)) | MORE)
    rest >>= 7n
  }
  return [...bytes, Number(rest)]
}
