import type { PeerIdText } from '../ids.ts'
import { MAX_MESSAGE_BYTES } from '../limits.ts'
import { checkScope } from '../messages/scope.ts'
import { encodeSignedMessage, openSignedMessage } from '../messages/signed.ts'
import type { MessageScope, SignedMessage } from '../messages/types.ts'
import { MAX_SYNC_BYTES, MAX_SYNC_MESSAGES } from './limits.ts'
import type { StreamIo } from './stream-io.ts'
import { TransportError } from './transport-error.ts'

/** Who asks, and who answers. */
export type SyncPeers = { readonly self: PeerIdText; readonly peer: PeerIdText }

/** An empty frame: without it an answer that was cut short would look complete. */
const END = new Uint8Array(0)

/** Answers a sync stream: the newest messages that fit the limits, one frame each, in order; then an empty frame. */
export async function serveSync(io: StreamIo, messages: readonly SignedMessage[]): Promise<void> {
  let total = 0
  const frames = messages
    .slice(-MAX_SYNC_MESSAGES)
    .map(encodeSignedMessage)
    .reverse()
    .filter((frame) => {
      total += frame.length
      return total <= MAX_SYNC_BYTES
    })
  for (const frame of frames.reverse()) await io.writeFrame(frame)
  await io.writeFrame(END)
  await io.close()
}

/**
 * Reads a sync answer. Every message must be the answering peer's own, or the asker's, who may have lost what it said (an aggregator that
 * is rebuilt), correctly signed, of this Scenario and chain; one that is not spoils the answer. Age does not matter: the messages are asked
 * for because they were missed.
 * @throws {TransportError} BAD_FRAME, STALLED, CUT_SHORT.
 */
export async function readSync(
  io: StreamIo,
  between: SyncPeers,
  scope: Pick<MessageScope, 'chainId' | 'scenario'>,
): Promise<readonly SignedMessage[]> {
  const messages: SignedMessage[] = []
  let total = 0
  for (;;) {
    const frame = await io.readFrame(MAX_MESSAGE_BYTES)
    if (frame === undefined) throw new TransportError('no end', { code: 'CUT_SHORT' })
    if (frame.length === 0) return messages
    total += frame.length
    if (messages.length === MAX_SYNC_MESSAGES) throw badAnswer('too many messages')
    if (total > MAX_SYNC_BYTES) throw badAnswer('too many bytes')
    messages.push(open(frame, between, scope))
  }
}

function open(
  frame: Uint8Array,
  { self, peer }: SyncPeers,
  scope: Pick<MessageScope, 'chainId' | 'scenario'>,
): SignedMessage {
  const opened = openSignedMessage(frame)
  if (!opened.ok) throw badAnswer(opened.code)
  const { signed } = opened
  if (signed.sender !== peer && signed.sender !== self)
    throw badAnswer('a message of somebody else')
  // Its own time as "now": only chain and Scenario are of interest.
  const verdict = checkScope(signed.message, { ...scope, now: signed.message.sentAt, term: 0 })
  if (verdict.action !== 'accept') throw badAnswer(verdict.code)
  return signed
}

function badAnswer(detail: string): TransportError {
  return new TransportError(`bad sync answer: ${detail}`, { code: 'BAD_FRAME', detail })
}
