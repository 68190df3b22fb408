import { z } from 'zod'
import { decodeCanonical, encodeCanonical } from '../codec/canonical.ts'
import { CodecError } from '../codec/errors.ts'
import { MAX_MESSAGE_BYTES, PROTOCOL_VERSION } from '../limits.ts'
import { MessageError } from './errors.ts'
import { receiptSchema } from './receipt.ts'
import { roundOpenSchema } from './round-open.ts'
import { roundResultSchema } from './round-result.ts'
import { statisticsOpenSchema } from './statistics-open.ts'
import type { Message } from './types.ts'
import { updateReadySchema } from './update-ready.ts'

const SCHEMAS: { readonly [type in Message['type']]: z.ZodType<Message> } = {
  'statistics-open': statisticsOpenSchema,
  'round-open': roundOpenSchema,
  'update-ready': updateReadySchema,
  receipt: receiptSchema,
  'round-result': roundResultSchema,
}

// Version first: another one may have other types.
const versionOnly = z.object({ version: z.int() })
const typeOnly = z.object({
  type: z.enum(['statistics-open', 'round-open', 'update-ready', 'receipt', 'round-result']),
})

/**
 * Canonical bytes of a message: what is signed.
 * @throws {MessageError} MESSAGE_MALFORMED when a field is out of its range, MESSAGE_OTHER_VERSION, MESSAGE_TOO_LARGE.
 */
export function encodeMessage(message: Message): Uint8Array {
  const bytes = encodeCanonical(checkFields(message))
  assertSize(bytes)
  return bytes
}

/**
 * Reads one message: size cap, canonical bytes, version, then every field; nothing unknown is let through.
 * @throws {MessageError} MESSAGE_TOO_LARGE, MESSAGE_MALFORMED, MESSAGE_OTHER_VERSION.
 */
export function parseMessage(bytes: Uint8Array): Message {
  assertSize(bytes)
  return checkFields(decode(bytes))
}

function checkFields(value: unknown): Message {
  const head = versionOnly.safeParse(value)
  if (!head.success) throw malformed(head.error)
  const { version } = head.data
  if (version !== PROTOCOL_VERSION) {
    throw new MessageError(`protocol version ${version}, this peer speaks ${PROTOCOL_VERSION}`, {
      code: 'MESSAGE_OTHER_VERSION',
    })
  }
  const kind = typeOnly.safeParse(value)
  if (!kind.success) throw malformed(kind.error)
  const parsed = SCHEMAS[kind.data.type].safeParse(value)
  if (!parsed.success) throw malformed(parsed.error)
  return parsed.data
}

function decode(bytes: Uint8Array): unknown {
  try {
    return decodeCanonical(bytes)
  } catch (cause) {
    if (!(cause instanceof CodecError)) throw cause
    throw new MessageError(cause.message, { code: 'MESSAGE_MALFORMED' }, { cause })
  }
}

function assertSize(bytes: Uint8Array): void {
  if (bytes.length > MAX_MESSAGE_BYTES) {
    throw new MessageError(
      `a message of ${bytes.length} bytes, at most ${MAX_MESSAGE_BYTES} are allowed`,
      { code: 'MESSAGE_TOO_LARGE' },
    )
  }
}

/** Names the field and what it should be, never the value: that is the peer's text. */
function malformed(error: z.ZodError): MessageError {
  const [issue] = error.issues
  const problem = `${issue?.path.join('.') || 'message'}: expected ${issue?.message ?? 'a message'}`
  return new MessageError(`malformed message: ${problem}`, { code: 'MESSAGE_MALFORMED', problem })
}
