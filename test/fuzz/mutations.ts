import fc from 'fast-check'

/** Numbers at which lengths and offsets go wrong: 2^7, 2^15, 2^31, 2^32, 2^53, 2^63, and one less. */
const EDGES: readonly bigint[] = [7n, 8n, 15n, 16n, 31n, 32n, 53n, 63n].flatMap((bits) => [
  2n ** bits,
  2n ** bits - 1n,
])
const MAX_INSERTED = 64
const MAX_MUTATIONS = 4
const MAX_RANDOM = 512

type Mutation = (bytes: Uint8Array) => Uint8Array

/** Valid inputs with one to four changes, now and then cut or joined; some are random bytes. */
export function hostileBytes(corpus: readonly Uint8Array[]): fc.Arbitrary<Uint8Array> {
  const changed = fc
    .tuple(
      fc.constantFrom(...corpus),
      fc.array(mutation(corpus), { minLength: 1, maxLength: MAX_MUTATIONS }),
    )
    .map(([bytes, mutations]) => mutations.reduce((now, change) => change(now), bytes))
  return fc.oneof(
    { weight: 9, arbitrary: changed },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: MAX_RANDOM }) },
  )
}

function mutation(corpus: readonly Uint8Array[]): fc.Arbitrary<Mutation> {
  const place = fc.double({ min: 0, max: 1, noNaN: true })
  return fc.oneof(
    fc.tuple(place, fc.nat(7)).map(([at, bit]) => flipped(at, bit)),
    fc
      .tuple(place, fc.constantFrom(0, 0x1f, 0x3f, 0x5f, 0x7f, 0x80, 0x9f, 0xbf, 0xdf, 0xff))
      .map(([at, value]) => overwritten(at, Uint8Array.of(value))),
    fc
      .tuple(place, fc.constantFrom(...EDGES), fc.boolean())
      .map(([at, edge, isLittle]) => overwritten(at, numberBytes(edge, isLittle))),
    fc
      .tuple(place, fc.uint8Array({ minLength: 1, maxLength: MAX_INSERTED }))
      .map(([at, inserted]) => spliced(at, at, inserted)),
    fc
      .tuple(place, place)
      .map(([from, to]) => spliced(Math.min(from, to), Math.max(from, to), new Uint8Array(0))),
    fc.tuple(place, place).map(([from, to]) => repeated(Math.min(from, to), Math.max(from, to))),
    place.map((at) => spliced(at, 1, new Uint8Array(0))),
    fc
      .tuple(place, fc.constantFrom(...corpus))
      .map(([at, other]) => spliced(at, 1, other.subarray(Math.floor(at * other.length)))),
  )
}

/** @param at - where, as a part of the length. */
function flipped(at: number, bit: number): Mutation {
  return (bytes) => {
    const index = indexOf(bytes, at)
    return overwrite(bytes, index, Uint8Array.of((bytes[index] ?? 0) ^ (1 << bit)))
  }
}

function overwritten(at: number, by: Uint8Array): Mutation {
  return (bytes) => overwrite(bytes, indexOf(bytes, at), by)
}

function spliced(from: number, to: number, inserted: Uint8Array): Mutation {
  return (bytes) => {
    const [start, end] = [Math.floor(from * bytes.length), Math.floor(to * bytes.length)]
    return joined(bytes.subarray(0, start), inserted, bytes.subarray(end))
  }
}

function repeated(from: number, to: number): Mutation {
  return (bytes) => {
    const [start, end] = [Math.floor(from * bytes.length), Math.floor(to * bytes.length)]
    return joined(bytes.subarray(0, end), bytes.subarray(start))
  }
}

function overwrite(bytes: Uint8Array, index: number, by: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(bytes)
  copy.set(by.subarray(0, Math.max(copy.length - index, 0)), Math.min(index, copy.length))
  return copy
}

function indexOf(bytes: Uint8Array, at: number): number {
  return Math.min(Math.floor(at * bytes.length), Math.max(bytes.length - 1, 0))
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(parts))
}

function numberBytes(value: bigint, isLittle: boolean): Uint8Array {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigUint64(0, value, isLittle)
  return bytes
}
