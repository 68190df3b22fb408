import { createHash } from 'node:crypto'
import { bls12_381 } from '@noble/curves/bls12-381.js'
import { bytesToHex, concat, type Hex, hexToBytes, numberToHex } from 'viem'
import { badBeaconValue } from './bad-beacon-value.ts'
import type { BeaconPoint, GroupSigner, Proof } from './beacon-types.ts'

/** drand quicknet's ("bls-unchained-g1-rfc9380"): 43 characters. */
const DST = 'BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_'
/** A coordinate as EIP-2537 has it: 16 bytes of zero, 48 of the number. */
const COORDINATE_BYTES = 64
const WORD = 256n
const SIGNATURE = 'a signature of BLS12-381 (48 bytes)'
const KEY = 'a key of BLS12-381 (96 bytes)'

const { G1, G2, shortSignatures } = bls12_381
type G1Point = InstanceType<typeof G1.Point>

/** Signs rounds with one key that stands for a group's: local networks and tests. */
export function createBls12381Signer(secretKey: Uint8Array): GroupSigner {
  const key = keyHex(shortSignatures.getPublicKey(secretKey))
  return {
    key,
    sign: (round) => proofOf(shortSignatures.sign(messagePoint(round), secretKey)),
  }
}

/** A relay's signature, 48 bytes in hex, as the contract takes it. @throws {UserError} BAD_BEACON_VALUE (data). */
export function readBls12381Signature(signature: string): Proof {
  return proofOf(pointOf(G1, signature, SIGNATURE))
}

/** A group key as drand publishes it, 96 bytes in hex, as the contract takes it. @throws {UserError} BAD_BEACON_VALUE (data). */
export function readBls12381Key(publicKey: string): Hex {
  return keyHex(pointOf(G2, publicKey, KEY))
}

/**
 * Whether `signature` (48 bytes in hex) of `round` is the group's whose key drand publishes as `publicKey`.
 * @throws {UserError} BAD_BEACON_VALUE (data).
 */
export function verifiesBls12381(publicKey: string, round: bigint, signature: string): boolean {
  return shortSignatures.verify(
    pointOf(G1, signature, SIGNATURE),
    messagePoint(round),
    pointOf(G2, publicKey, KEY),
  )
}

function pointOf<Point>(
  curve: { readonly Point: { fromHex(hex: string): Point } },
  given: string,
  what: string,
): Point {
  try {
    return curve.Point.fromHex(given)
  } catch (cause) {
    throw badBeaconValue(what, given, cause)
  }
}

function messagePoint(round: bigint): G1Point {
  const message = createHash('sha256')
    .update(hexToBytes(numberToHex(round, { size: 8 })))
    .digest()
  return shortSignatures.hash(message, DST)
}

function proofOf(signature: G1Point): Proof {
  const { x, y } = signature.toAffine()
  const seed = createHash('sha256').update(signature.toBytes(true)).digest('hex')
  return { point: [...words(x), ...words(y)] as unknown as BeaconPoint, seed: `0x${seed}` }
}

function keyHex(key: InstanceType<typeof G2.Point>): Hex {
  const { x, y } = key.toAffine()
  return concat(
    [x.c0, x.c1, y.c0, y.c1].map((part) => numberToHex(part, { size: COORDINATE_BYTES })),
  )
}

function words(coordinate: bigint): [bigint, bigint] {
  return [coordinate >> WORD, coordinate & ((1n << WORD) - 1n)]
}

/** 32 random bytes that are a secret key. */
export function randomBls12381Key(): Hex {
  return bytesToHex(bls12_381.utils.randomSecretKey())
}
