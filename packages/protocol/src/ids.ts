/** CID (version 1, sha2-256) in its base32 text form. Raw codec for bytes, dag-cbor for structured objects. */
export type Cid = string & { readonly __brand: 'Cid' }
/** Name of a silo within its federation: [a-z0-9-]{1,40}. */
export type SiloName = string & { readonly __brand: 'SiloName' }
/** libp2p peer id in its base58 text form. */
export type PeerIdText = string & { readonly __brand: 'PeerIdText' }
/** EVM address, lower-case hex. */
export type AddressText = `0x${string}`
/** 32 bytes as hex. */
export type Digest = `0x${string}`
/** Round number, counted from 1. */
export type Round = number

const SILO_NAME = /^[a-z0-9-]{1,40}$/

/** Whether `value` is a silo name: [a-z0-9-]{1,40}, never a path (T22). */
export function isSiloName(value: unknown): value is SiloName {
  return typeof value === 'string' && SILO_NAME.test(value)
}
