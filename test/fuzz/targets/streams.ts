import {
  cidOfBlob,
  encodeCanonical,
  encodeSignedMessage,
  PROTOCOL_VERSION,
  signMessage,
} from '../../../packages/protocol/src/index.ts'
import {
  decodeDescriptor,
  describeBlob,
  encodeDescriptor,
} from '../../../packages/protocol/src/transport/blob-descriptor.ts'
import {
  encodeBlobAnswer,
  encodeBlobAsk,
  encodeBlobBatch,
  encodeBlobRequest,
  parseBlobAnswer,
  parseBlobAsk,
  parseBlobBatch,
  parseBlobRequest,
} from '../../../packages/protocol/src/transport/blob-wire.ts'
import { answerHello } from '../../../packages/protocol/src/transport/hello.ts'
import { readPeerRecords } from '../../../packages/protocol/src/transport/peer-records.ts'
import { readSync } from '../../../packages/protocol/src/transport/sync-exchange.ts'
import { framedIo } from '../../../packages/protocol/test/support/framed-io.ts'
import { signedPeerRecord } from '../../../packages/protocol/test/support/signed-peer-record.ts'
import {
  AGGREGATOR,
  RECEIPT,
  ROUND_OPEN,
  SCOPE,
  SILO,
} from '../../../packages/protocol/test/unit/sample-messages.ts'
import { framed } from '../framed.ts'
import type { FuzzTarget } from '../fuzz-target.ts'

const MAX_BYTES = 16 * 1_048_576
const BLOB = new Uint8Array(600_000).fill(3)
const BITS = Uint8Array.of(0b111)
const REQUEST = { cid: cidOfBlob(BLOB), size: BLOB.length, descriptor: true }
const SYNC = [ROUND_OPEN, RECEIPT].map((message) =>
  encodeSignedMessage(signMessage(message, AGGREGATOR)),
)
const BETWEEN = { peer: AGGREGATOR.peerId, self: SILO.peerId }
const HELLO = { version: PROTOCOL_VERSION, chainId: SCOPE.chainId, scenario: SCOPE.scenario }

/** First frames and whole answers of the stream protocols. */
export const streamTargets: readonly FuzzTarget[] = [
  {
    name: 'blob request',
    corpus: [encodeBlobRequest(REQUEST)],
    parse: (bytes) => parseBlobRequest(bytes) !== undefined,
    maxBytes: MAX_BYTES,
  },
  {
    name: 'blob answer',
    corpus: [encodeBlobAnswer({ answer: 'OK' }), encodeBlobAnswer({ answer: 'OK', have: BITS })],
    parse: (bytes) => parseBlobAnswer(bytes) !== undefined,
    maxBytes: MAX_BYTES,
  },
  {
    name: 'blob ask',
    corpus: [encodeBlobAsk({ want: BITS, most: 2, urgency: 'now' })],
    parse: (bytes) => parseBlobAsk(bytes) !== undefined,
    maxBytes: MAX_BYTES,
  },
  {
    name: 'blob batch',
    corpus: [encodeBlobBatch({ send: [0, 1] }), encodeBlobBatch({ send: [2], have: BITS })],
    parse: (bytes) => parseBlobBatch(bytes) !== undefined,
    maxBytes: MAX_BYTES,
  },
  {
    name: 'blob descriptor',
    corpus: [encodeDescriptor(describeBlob(BLOB))],
    parse: (bytes) => decodeDescriptor(bytes).size > 0,
    maxBytes: MAX_BYTES,
  },
  {
    name: 'hello stream',
    corpus: [framed(encodeCanonical(HELLO))],
    parse: async (bytes) => (await answerHello(framedIo(bytes), SCOPE)) === undefined,
    maxBytes: MAX_BYTES,
  },
  {
    name: 'sync stream',
    corpus: [framed(...SYNC, new Uint8Array(0)), framed(new Uint8Array(0))],
    parse: async (bytes) => (await readSync(framedIo(bytes), BETWEEN, SCOPE)).length > 0,
    maxBytes: MAX_BYTES,
  },
  {
    name: 'peers stream',
    corpus: [framed(await signedPeerRecord(), new Uint8Array(0))],
    parse: async (bytes) => (await readPeerRecords(framedIo(bytes))).length > 0,
    maxBytes: MAX_BYTES,
    runs: 4_000,
  },
]
