import { hexToBigInt, hexToBytes, slice } from 'viem'
import type { GroupSigner, Proof } from '../src/beacon/beacon-types.ts'
import {
  createBls12381Signer,
  readBls12381Key,
  readBls12381Signature,
} from '../src/beacon/bls12381-beacon.ts'
import { createBn254Signer, readBn254Signature } from '../src/beacon/bn254-beacon.ts'

/** Rounds of a key of our own: enough that each of the map's three candidates comes up many times. */
const ROUNDS = 40
const SECRET = 0xfed0deb3ac04n
const WORD_BYTES = 32

/** Rounds that drand has published: https://api.drand.sh/v2/beacons/quicknet/rounds/1000, .../evmnet/rounds/1000 and 18710192. */
export const DRAND = {
  quicknet: {
    publicKey:
      '83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a',
    rounds: [
      {
        round: 1000n,
        signature:
          'b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39',
        randomness: 'fe290beca10872ef2fb164d2aa4442de4566183ec51c56ff3cd603d930e54fdd',
      },
    ],
  },
  evmnet: {
    /** As the precompile reads it. */
    publicKey:
      '07e1d1d335df83fa98462005690372c643340060d205306a9aa8106b6bd0b3820557ec32c2ad488e4d4f6008f89a346f18492092ccc0d594610de2732c8b808f0095685ae3a85ba243747b1b2f426049010f6b73a0cf1d389351d5aaaa1047f6297d3a4f9749b33eb2d904c9d9ebf17224150ddd7abd7567a9bec6c74480ee0b',
    rounds: [
      {
        round: 1000n,
        signature:
          '06fd5996329504d3a56b482d9222bf7205857d0a9559ddd216ca31a286f6a8cc0a120f021aac2f13553fb164f62bc3a5ca32c76dea88a777b39bcf3cac5fdbd6',
        randomness: '0e6745667465a6f9dce5d5f994656955080be14c469ff17fc4fc588c925a8504',
      },
      {
        round: 18710192n,
        signature:
          '174c481ee5453aa002b6a5e4e4b3bad70c62933a286285b5c22e1d6b9304b4d40720072ba15a5c6dfe9f271bd48fd36b9d488334da388da85e45451f95ad1427',
        randomness: '7e4275a00825f58a689a547e8a728ca497c85cb2b08af3f8b6e75776bd64f385',
      },
    ],
  },
} as const

/** What forge reads: a group key by words, and rows of 6: round, point, seed. */
export type BeaconVectors = { readonly key: readonly bigint[]; readonly rows: readonly bigint[] }

/** drand's published rounds. The seeds are drand's own, not what our code computes. */
export function createDrandVectors(network: keyof typeof DRAND): BeaconVectors {
  const { publicKey, rounds } = DRAND[network]
  const key = network === 'quicknet' ? readBls12381Key(publicKey) : (`0x${publicKey}` as const)
  const read = network === 'quicknet' ? readBls12381Signature : readBn254Signature
  return {
    key: wordsOf(key),
    rows: rounds.flatMap(({ round, signature, randomness }) =>
      row(round, { ...read(signature), seed: `0x${randomness}` }),
    ),
  }
}

/** Rounds of a key of our own, for each of the two curves. */
export function createOwnBeaconVectors(scheme: 'bls12381' | 'bn254'): BeaconVectors {
  const signer = createOwnSigner(scheme)
  const rounds = Array.from({ length: ROUNDS }, (_, i) => BigInt(i + 1) ** 2n)
  return {
    key: wordsOf(signer.key),
    rows: rounds.flatMap((round) => row(round, signer.sign(round))),
  }
}

function createOwnSigner(scheme: 'bls12381' | 'bn254'): GroupSigner {
  if (scheme === 'bn254') return createBn254Signer(SECRET)
  return createBls12381Signer(hexToBytes(`0x${SECRET.toString(16).padStart(64, '0')}`))
}

function row(round: bigint, { point, seed }: Proof): bigint[] {
  return [round, ...point, hexToBigInt(seed)]
}

function wordsOf(key: `0x${string}`): bigint[] {
  const count = (key.length - 2) / 2 / WORD_BYTES
  return Array.from({ length: count }, (_, i) =>
    hexToBigInt(slice(key, i * WORD_BYTES, (i + 1) * WORD_BYTES)),
  )
}
