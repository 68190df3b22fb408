/** Libp2p protocol ids of the streams; a change of the wire changes the number. */
export const BLOB_PROTOCOL = '/fednode/blob/1'
export const SYNC_PROTOCOL = '/fednode/sync/1'
export const HELLO_PROTOCOL = '/fednode/hello/1'
/** The first bytes of a stream (request, answer, hello), in bytes. */
export const MAX_HEADER_BYTES = 1_024
/** Messages that one sync answer may carry. */
export const MAX_SYNC_MESSAGES = 64
/** Bytes that one sync answer may carry. */
export const MAX_SYNC_BYTES = 1_048_576
/** Blob streams that one peer may have open at a time, over all its connections (T6). */
export const MAX_BLOB_STREAMS_PER_PEER = 8
/** Sync and hello streams that one peer may have open at a time. */
export const MAX_SMALL_STREAMS_PER_PEER = 4
/** Streams of all protocols on one connection. */
export const MAX_STREAMS_PER_CONNECTION = 64
/** Connections that one peer may have open at a time. */
export const MAX_CONNECTIONS_PER_PEER = 4
/** Connections of a host: MAX_SILOS, and room for those who reconnect. */
export const MAX_CONNECTIONS = 256
/** Refused connections that are logged at once, and per second in the long run, of all peers together. */
export const LOGGED_STRANGERS = 32
export const LOGGED_STRANGERS_PER_SECOND = 0.1
/** New connections from one IP address per second; a hospital's silos may share one address. */
export const MAX_DIALS_PER_SECOND = 32
/** Connections that are between TCP accept and the end of the handshake. */
export const MAX_PENDING_CONNECTIONS = 32
/** A stream that moves less than MIN_PROGRESS_BYTES within this time has stalled (T7), in ms. */
export const STALL_MS = 5_000
/** See STALL_MS: about 7 kbit/s is the slowest link that is served. */
export const MIN_PROGRESS_BYTES = 4_096
/** Received bytes that may wait in memory before the sender is told to pause. */
export const READ_BUFFER_BYTES = 1_048_576
/** Bytes of one stream that may wait at our end for the reader's window. */
export const WRITE_BUFFER_BYTES = 524_288
/** Yamux window: what a sender may have in flight; below libp2p's read buffer so that a pause never overflows it. */
export const MAX_STREAM_WINDOW_BYTES = 2_097_152
/** Bytes that one gossip peer may have waiting at our end before its stream is cut. */
export const MAX_GOSSIP_BACKLOG_BYTES = 4_194_304
/** Largest gossipsub frame: a few messages of MAX_MESSAGE_BYTES. */
export const MAX_GOSSIP_FRAME_BYTES = 2_097_152
/** Gossiped messages that a peer may deliver at once, and per second in the long run (T6). */
export const GOSSIP_BURST = 256
export const GOSSIP_PER_SECOND = 64
/** Requests (blob, sync, hello) that a peer may make at once, and per second in the long run. */
export const REQUEST_BURST = 128
export const REQUESTS_PER_SECOND = 32
/** Tries of connect() for one peer, about 3 s of pauses altogether. */
export const CONNECT_TRIES = 5
/** Rounds over all providers of a blob without a single new chunk, after which a fetch gives up. */
export const FETCH_TRIES = 5
/** Chunks that one ask names at most: together with READ_BUFFER_BYTES what one slow provider can hold up. */
export const BATCH_CHUNKS = 4
/** Asks that may wait at one provider besides the one that is being answered: the next is there when the last chunk of one leaves. */
export const OPEN_ASKS = 2
/** Providers of one blob that are asked at the same time; each may have READ_BUFFER_BYTES and a stream window in memory. */
export const PARALLEL_PROVIDERS = 8
/** Chunks of one transfer that may come in or wait for the disk, of all providers together. */
export const WRITE_BUFFERS = 16
/** An ask or an answer with a bit for each chunk of the largest blob, in bytes. */
export const MAX_ASK_BYTES = 4_096
/** How long a provider waits for something to send before it answers with nothing, in ms. */
export const ANSWER_WAIT_MS = 250
/** Least time that an answer with nothing takes, so that asking in a circle costs little (T6), in ms. */
export const EMPTY_ANSWER_MS = 20
/** A provider that has nothing we lack is waited with so long while nobody delivers anything, in ms. */
export const IDLE_MS = 3_000
/** How often an asker, or a provider that checks its file, says that it is still there, well within STALL_MS, in ms. */
export const SIGN_OF_LIFE_MS = 1_000
