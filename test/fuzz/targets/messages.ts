import {
  encodeCanonical,
  encodeSignedMessage,
  openSignedMessage,
  signMessage,
} from '../../../packages/protocol/src/index.ts'
import { encodeMessage } from '../../../packages/protocol/src/messages/codec.ts'
import { signedBytes } from '../../../packages/protocol/src/messages/signed-bytes.ts'
import {
  AGGREGATOR,
  RECEIPT,
  ROUND_OPEN,
  ROUND_RESULT,
  SILO,
  UPDATE_READY,
} from '../../../packages/protocol/test/unit/sample-messages.ts'
import type { FuzzTarget } from '../fuzz-target.ts'

const MESSAGES = [ROUND_OPEN, RECEIPT, ROUND_RESULT, UPDATE_READY]
const MAX_BYTES = 8 * 1_048_576

/** Signed messages, as they come by gossip and by sync. */
export const messageTargets: readonly FuzzTarget[] = [
  {
    name: 'signed message',
    corpus: MESSAGES.map((message) => encodeSignedMessage(signMessage(message, AGGREGATOR))),
    parse: (bytes) => openSignedMessage(bytes).ok,
    maxBytes: MAX_BYTES,
  },
  {
    name: 'message that a member signed',
    corpus: MESSAGES.map(encodeMessage),
    parse: (payload) => {
      const signature = SILO.sign(signedBytes('message', payload))
      return openSignedMessage(encodeCanonical({ key: SILO.publicKey, payload, signature })).ok
    },
    maxBytes: MAX_BYTES,
  },
]
