import { createHash } from 'node:crypto'
import { CID } from 'multiformats/cid'
import { create as createMultihash } from 'multiformats/hashes/digest'
import { IdError } from './ids-error.ts'

const SILO_NAME = /^[a-z0-9-]{1,40}$/
const SHA2_256 = 0x12
const CODEC_CODES = { raw: 0x55, 'dag-cbor': 0x71 } as const
// "b", then 36 bytes (version, codec, hash function, length, hash) in base32 without padding.
const CID_TEXT = /^b[a-z2-7]{58}$/
const DIGEST_TEXT = /^0x[0-9a-f]{64}$/

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

/** Whether `value` is a silo name: [a-z0-9-]{1,40}, never a path (T22). */
export function isSiloName(value: unknown): value is SiloName {
  return typeof value === 'string' && SILO_NAME.test(value)
}

/** What the bytes behind a CID are: plain bytes, or one canonical object. */
export type CidCodec = keyof typeof CODEC_CODES

/** CID of plain bytes, for example a data file: raw codec, sha2-256. */
export function cidOfBytes(bytes: Uint8Array): Cid {
  return cidOf(sha256(bytes), 'raw')
}

/** CID of an object from its canonical bytes (encodeCanonical): dag-cbor codec, sha2-256. */
export function cidOfObject(canonicalBytes: Uint8Array): Cid {
  return cidOf(sha256(canonicalBytes), 'dag-cbor')
}

/** Whether `text` is a CID as this protocol writes it: version 1, base32, sha2-256, raw or dag-cbor, in its one valid spelling. */
export function isCid(text: unknown): text is Cid {
  return typeof text === 'string' && CID_TEXT.test(text) && decodeCid(text) !== undefined
}

/** @throws {IdError} ID_BAD_CID unless isCid. */
export function parseCid(text: string): Cid {
  if (!isCid(text))
    throw new IdError('not a CID (version 1, base32, sha2-256)', { code: 'ID_BAD_CID' })
  return text
}

/** What kind of bytes a CID names. @throws {IdError} ID_BAD_CID. */
export function codecOfCid(cid: Cid): CidCodec {
  return open(cid).codec
}

/** The sha2-256 hash inside a CID, as anchored on chain. @throws {IdError} ID_BAD_CID. */
export function digestOfCid(cid: Cid): Digest {
  return `0x${Buffer.from(open(cid).hash).toString('hex')}`
}

/** The CID of a digest read from the chain. @throws {IdError} ID_BAD_DIGEST unless 32 bytes of lower-case 0x-hex. */
export function cidFromDigest(digest: Digest, codec: CidCodec): Cid {
  if (!DIGEST_TEXT.test(digest)) {
    throw new IdError('not a digest (0x and 64 lower-case hex digits)', { code: 'ID_BAD_DIGEST' })
  }
  return cidOf(Buffer.from(digest.slice(2), 'hex'), codec)
}

function cidOf(hash: Uint8Array, codec: CidCodec): Cid {
  // Plain Uint8Array: multiformats compares prototypes of Buffers in places.
  const multihash = createMultihash(SHA2_256, Uint8Array.from(hash))
  // toString of a version 1 CID is base32; the brand is earned by construction.
  return CID.createV1(CODEC_CODES[codec], multihash).toString() as Cid
}

function open(cid: Cid): { codec: CidCodec; hash: Uint8Array } {
  const parts = decodeCid(parseCid(cid))
  if (parts === undefined) throw new IdError('not a CID', { code: 'ID_BAD_CID' })
  return parts
}

function decodeCid(text: string): { codec: CidCodec; hash: Uint8Array } | undefined {
  const cid = tryParse(text)
  if (cid === undefined || cid.version !== 1 || cid.toString() !== text) return undefined
  if (cid.multihash.code !== SHA2_256 || cid.multihash.digest.length !== 32) return undefined
  if (cid.code === CODEC_CODES.raw) return { codec: 'raw', hash: cid.multihash.digest }
  if (cid.code === CODEC_CODES['dag-cbor']) return { codec: 'dag-cbor', hash: cid.multihash.digest }
  return undefined
}

function tryParse(text: string): CID | undefined {
  try {
    return CID.parse(text)
  } catch {
    // Not a CID in any spelling; the caller says so in its own words.
    return undefined
  }
}

function sha256(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update(bytes).digest()
}
