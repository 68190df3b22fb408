import { z } from 'zod'
import { decodeCanonical, encodeCanonical } from '../codec/canonical.ts'
import { CodecError } from '../codec/errors.ts'
import { verifyEd25519 } from '../ed25519.ts'
import { MAX_MESSAGE_BYTES } from '../limits.ts'
import { peerIdFromPublicKey } from '../peer-id.ts'
import type { PeerKey } from '../peer-key.ts'
import { encodeMessage, parseMessage } from './codec.ts'
import { type MessageCode, MessageError } from './errors.ts'
import { signedBytes } from './signed-bytes.ts'
import type { Message, SignedMessage } from './types.ts'

const DOMAIN = 'message'
const KEY_BYTES = 32
const SIGNATURE_BYTES = 64

const envelopeSchema = z.strictObject({
  key: z.instanceof(Uint8Array).refine((key) => key.length === KEY_BYTES),
  payload: z.instanceof(Uint8Array),
  signature: z.instanceof(Uint8Array).refine((bytes) => bytes.length === SIGNATURE_BYTES),
})

/** What came out of bytes from the network. */
export type OpenedMessage =
  | { readonly ok: true; readonly signed: SignedMessage }
  | { readonly ok: false; readonly code: MessageCode }

/**
 * Signs a message with the peer key of its sender.
 * @throws {MessageError} as encodeMessage; MESSAGE_TOO_LARGE also when only the envelope exceeds the limit.
 */
export function signMessage<M extends Message>(message: M, key: PeerKey): SignedMessage<M> {
  const payload = encodeMessage(message)
  const signature = key.sign(signedBytes(DOMAIN, payload))
  const signed = { message, sender: key.peerId, key: key.publicKey, payload, signature }
  const { length } = encodeSignedMessage(signed)
  if (length > MAX_MESSAGE_BYTES) {
    throw new MessageError(
      `a signed message of ${length} bytes, at most ${MAX_MESSAGE_BYTES} are allowed`,
      { code: 'MESSAGE_TOO_LARGE' },
    )
  }
  return signed
}

/** The envelope as it travels: canonical DAG-CBOR of {key, payload, signature}. */
export function encodeSignedMessage(signed: SignedMessage): Uint8Array {
  const { key, payload, signature } = signed
  return encodeCanonical({ key, payload, signature })
}

/**
 * Opens an envelope from the network: size, form, signature, then the message inside. Never throws on any input. Whether the sender is
 * who it should be, and whether the message belongs here and now, is for checkScope and the rules of the round (T2, T3).
 */
export function openSignedMessage(bytes: Uint8Array): OpenedMessage {
  if (bytes.length > MAX_MESSAGE_BYTES) return { ok: false, code: 'MESSAGE_TOO_LARGE' }
  const envelope = openEnvelope(bytes)
  if (envelope === undefined) return { ok: false, code: 'MESSAGE_BAD_ENVELOPE' }
  const { key, payload, signature } = envelope
  if (!verifyEd25519(key, signedBytes(DOMAIN, payload), signature)) {
    return { ok: false, code: 'MESSAGE_BAD_SIGNATURE' }
  }
  try {
    const message = parseMessage(payload)
    const sender = peerIdFromPublicKey(key)
    return { ok: true, signed: { message, sender, key, payload, signature } }
  } catch (error) {
    if (error instanceof MessageError) return { ok: false, code: error.info.code }
    throw error
  }
}

function openEnvelope(bytes: Uint8Array): z.infer<typeof envelopeSchema> | undefined {
  try {
    return envelopeSchema.safeParse(decodeCanonical(bytes)).data
  } catch (error) {
    if (error instanceof CodecError) return undefined
    throw error
  }
}
