import { createHash } from 'node:crypto'
import { base32 } from 'multiformats/bases/base32'
import { z } from 'zod'
import { decodeCanonical, encodeCanonical } from '../codec/canonical.ts'
import { CodecError } from '../codec/errors.ts'
import { verifyEd25519 } from '../ed25519.ts'
import { UserError } from '../errors.ts'
import { type Cid, isCid } from '../ids.ts'
import { MAX_MANIFEST_BYTES } from '../limits.ts'
import { signedBytes } from '../messages/signed-bytes.ts'
import { peerIdFromPublicKey } from '../peer-id.ts'
import type { PeerKey } from '../peer-key.ts'
import type { Invite, SignedInvite } from './invite.ts'

/** How an invite begins; another form of it would begin otherwise. */
export const INVITE_PREFIX = 'fednodeinvite1'
/** Characters of the whole text. */
export const MAX_INVITE_CHARACTERS = 8_192
/** Addresses of members, and of relays. */
export const MAX_INVITE_ADDRESSES = 8
const MAX_ADDRESS_CHARACTERS = 512
const CHECKSUM_BYTES = 4
const ID_DIGITS = 8

const bytesOf = (length: number) =>
  z.instanceof(Uint8Array).refine((bytes) => bytes.length === length)
const addressText = z
  .string()
  .regex(/^0x[0-9a-f]{40}$/)
  // Earned by the pattern.
  .transform((text) => text as `0x${string}`)
const multiaddrs = z.array(z.string().max(MAX_ADDRESS_CHARACTERS)).max(MAX_INVITE_ADDRESSES)

const cidText = z.custom<Cid>(isCid)
const terms = {
  addresses: multiaddrs,
  relays: multiaddrs,
  expires: z.number().int().nonnegative(),
}

const inviteSchema = z.union([
  z.strictObject({
    ...terms,
    chainId: z.number().int().nonnegative(),
    scenario: addressText,
    orchestrator: addressText,
    account: addressText.optional(),
  }),
  z.strictObject({
    ...terms,
    manifest: cidText,
    blob: z.strictObject({
      cid: cidText,
      size: z.number().int().positive().max(MAX_MANIFEST_BYTES),
    }),
  }),
])
const envelopeSchema = z.strictObject({
  key: bytesOf(32),
  payload: z.instanceof(Uint8Array),
  signature: bytesOf(64),
})

/** Writes an invite, signed: INVITE_PREFIX, then base32 (RFC 4648, lower case, no padding) of a canonical CBOR envelope and four bytes of its SHA-256. */
export function encodeInvite(invite: Invite, key: PeerKey): string {
  const payload = encodeCanonical(invite)
  const signature = key.sign(signedBytes('invite', payload))
  const envelope = encodeCanonical({ key: key.publicKey, payload, signature })
  return INVITE_PREFIX + base32.baseEncode(Buffer.concat([envelope, checksumOf(envelope)]))
}

/**
 * Reads an invite; expiry, chain and signer are for the caller to judge.
 * @throws {UserError} usage BAD_INVITE, saying what is wrong.
 */
export function decodeInvite(text: string): SignedInvite {
  const envelope = openText(text.trim())
  const { key, payload, signature } = parse(envelopeSchema, envelope)
  if (!verifyEd25519(key, signedBytes('invite', payload), signature)) {
    throw badInvite('its signature does not fit')
  }
  return {
    invite: withoutGaps(parse(inviteSchema, payload)),
    signer: peerIdFromPublicKey(key),
    id: createHash('sha256').update(envelope).digest('hex').slice(0, ID_DIGITS),
  }
}

/** A key that is absent is not there at all. */
function withoutGaps(parsed: z.infer<typeof inviteSchema>): Invite {
  if ('manifest' in parsed) return parsed
  const { account, ...invite } = parsed
  return account === undefined ? invite : { ...invite, account }
}

/** The envelope's bytes, of which no character was lost. */
function openText(text: string): Uint8Array {
  if (!text.startsWith(INVITE_PREFIX)) throw badInvite(`it does not begin with ${INVITE_PREFIX}`)
  if (text.length > MAX_INVITE_CHARACTERS) {
    throw badInvite(`${text.length} characters, at most ${MAX_INVITE_CHARACTERS} are allowed`)
  }
  const bytes = decodeText(text.slice(INVITE_PREFIX.length))
  const envelope = bytes.subarray(0, -CHECKSUM_BYTES)
  const isWhole = Buffer.compare(bytes.subarray(-CHECKSUM_BYTES), checksumOf(envelope)) === 0
  if (isWhole) return Uint8Array.from(envelope)
  throw badInvite('its checksum does not fit: a character is missing or another one')
}

function decodeText(text: string): Uint8Array {
  try {
    return base32.baseDecode(text)
  } catch (cause) {
    throw badInvite('it has a character that no invite has', cause)
  }
}

function parse<T>(schema: z.ZodType<T>, bytes: Uint8Array): T {
  try {
    const parsed = schema.safeParse(decodeCanonical(bytes, { maxBytes: MAX_INVITE_CHARACTERS }))
    if (parsed.success) return parsed.data
  } catch (cause) {
    if (!(cause instanceof CodecError)) throw cause
    throw badInvite('it is not in the form of an invite', cause)
  }
  throw badInvite('it says something that no invite says')
}

function checksumOf(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update(bytes).digest().subarray(0, CHECKSUM_BYTES)
}

function badInvite(detail: string, cause?: unknown): UserError {
  return new UserError('usage', `this is no invite: ${detail}`, {
    code: 'BAD_INVITE',
    hint: 'Copy the whole line that  fednode invite create  printed.',
    cause,
  })
}
