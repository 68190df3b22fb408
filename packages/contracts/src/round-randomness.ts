import { bytesToHex, concat, type Hex, hexToBytes, keccak256 } from 'viem'

/** Length of a round's secret, of its commitment and of its seed, in bytes. */
export const RANDOMNESS_BYTES = 32

/** What the aggregator says of a round's secret before any update is known: keccak256 of its 32 bytes. */
export function commitmentOf(reveal: Uint8Array): Uint8Array {
  return keccak256(reveal, 'bytes')
}

/**
 * Seed of everything that is drawn in one round: keccak256(reveal || block hash). The block is the chain's head when the round opened, so
 * neither the aggregator alone nor whoever makes blocks alone chooses it; both are fixed before the first update is known.
 */
export function roundSeed(reveal: Uint8Array, blockHash: Hex): Uint8Array {
  return hexToBytes(keccak256(concat([bytesToHex(reveal), blockHash])))
}
