import { createHash } from 'node:crypto'
import { bn254 } from '@noble/curves/bn254.js'
import {
  concat,
  type Hex,
  hexToBigInt,
  hexToBytes,
  keccak256,
  numberToHex,
  stringToHex,
} from 'viem'
import { badBeaconValue } from './bad-beacon-value.ts'
import type { GroupSigner, Proof } from './beacon-types.ts'

/** drand evmnet's ("bls-bn254-unchained-on-g1"): 43 characters. */
const DST = 'BLS_SIG_BN254G1_XMD:KECCAK-256_SVDW_RO_NUL_'
const COORDINATE_BYTES = 32
/** Both coordinates. */
const SIGNATURE = /^[0-9a-f]{128}$/i
/** Bytes of a block of Keccak-256, and of what one field element is made of. */
const BLOCK_BYTES = 136
const ELEMENT_BYTES = 48

const { G1, G2, fields } = bn254
const { Fp } = fields
type G1Point = InstanceType<typeof G1.Point>

/** The map's constants for Z = 1 on y^2 = x^3 + 3; RFC 9380, 6.6.1. */
const G_OF_Z = 4n
const HALF_Z: bigint = Fp.neg(Fp.inv(2n))
const ROOT: bigint = evenRoot(Fp.neg(12n))
const SHIFT: bigint = Fp.neg(Fp.div(16n, 3n))

/** Signs rounds with one key that stands for a group's: local networks and tests. */
export function createBn254Signer(secretKey: bigint): GroupSigner {
  const key = G2.Point.BASE.multiply(secretKey).toAffine()
  return {
    // The precompile wants the imaginary part first.
    key: concat([key.x.c1, key.x.c0, key.y.c1, key.y.c0].map((part) => wordHex(part))),
    sign: (round) => {
      const { x, y } = messagePoint(round).multiply(secretKey).toAffine()
      return proofOf(x, y)
    },
  }
}

/** A relay's signature, 64 bytes in hex, as the contract takes it. @throws {UserError} BAD_BEACON_VALUE (data). */
export function readBn254Signature(signature: string): Proof {
  const what = 'a signature of bn254 (64 bytes)'
  if (!SIGNATURE.test(signature)) throw badBeaconValue(what, signature, undefined)
  const x = hexToBigInt(`0x${signature.slice(0, 2 * COORDINATE_BYTES)}`)
  const y = hexToBigInt(`0x${signature.slice(2 * COORDINATE_BYTES)}`)
  try {
    G1.Point.fromAffine({ x, y }).assertValidity()
  } catch (cause) {
    throw badBeaconValue(what, signature, cause)
  }
  return proofOf(x, y)
}

/** The point that a round's signature multiplies: hash_to_curve of RFC 9380. */
export function messagePoint(round: bigint): G1Point {
  const [first, second] = expand(keccak256(numberToHex(round, { size: 8 })))
  return pointOf(first).add(pointOf(second))
}

function pointOf(u: bigint): G1Point {
  return G1.Point.fromAffine(mapToCurve(u))
}

function proofOf(x: bigint, y: bigint): Proof {
  const seed = createHash('sha256')
    .update(hexToBytes(concat([wordHex(x), wordHex(y)])))
    .digest('hex')
  return { point: [x, y, 0n, 0n], seed: `0x${seed}` }
}

function expand(message: Hex): readonly [bigint, bigint] {
  const tag = concat([stringToHex(DST), numberToHex(DST.length, { size: 1 })])
  const padding = numberToHex(0n, { size: BLOCK_BYTES })
  const zero = keccak256(concat([padding, message, '0x006000', tag]))
  const blocks: Hex[] = []
  for (let i = 1; i <= 3; i++) {
    const last = hexToBigInt(blocks.at(-1) ?? '0x0')
    const mixed = wordHex(hexToBigInt(zero) ^ last)
    blocks.push(keccak256(concat([mixed, numberToHex(i, { size: 1 }), tag])))
  }
  const bytes = concat(blocks).slice(2)
  const elementOf = (half: string): bigint => Fp.create(hexToBigInt(`0x${half}`))
  return [elementOf(bytes.slice(0, 2 * ELEMENT_BYTES)), elementOf(bytes.slice(2 * ELEMENT_BYTES))]
}

/** As the RFC writes it, step by step; the contract takes a shorter way. */
function mapToCurve(u: bigint): { x: bigint; y: bigint } {
  const scaled = Fp.mul(Fp.sqr(u), G_OF_Z)
  const plus = Fp.add(1n, scaled)
  const minus = Fp.sub(1n, scaled)
  const product = Fp.mul(minus, plus)
  const inverse = product === 0n ? 0n : Fp.inv(product)
  const offset = Fp.mul(Fp.mul(Fp.mul(u, minus), inverse), ROOT)
  const third = Fp.sqr(Fp.mul(Fp.sqr(plus), inverse))
  const [x1, x2] = [Fp.sub(HALF_Z, offset), Fp.add(HALF_Z, offset)]
  // When neither of the two is on the curve, the third one is.
  const x = [x1, x2].find((one) => isSquare(cubic(one))) ?? Fp.add(Fp.mul(third, SHIFT), 1n)
  const root = Fp.sqrt(cubic(x))
  return { x, y: (root & 1n) === (u & 1n) ? root : Fp.neg(root) }
}

/** The curve's right side. */
function cubic(x: bigint): bigint {
  return Fp.add(Fp.mul(Fp.sqr(x), x), 3n)
}

function isSquare(value: bigint): boolean {
  return value === 0n || Fp.pow(value, (Fp.ORDER - 1n) / 2n) === 1n
}

function evenRoot(square: bigint): bigint {
  const root = Fp.sqrt(square)
  return (root & 1n) === 0n ? root : Fp.neg(root)
}

function wordHex(value: bigint): Hex {
  return numberToHex(value, { size: COORDINATE_BYTES })
}
