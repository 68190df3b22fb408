import { createHash } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import {
  type AddressText,
  cidOfBytes,
  createHost,
  createMemoryBlobStore,
  createPeerKey,
  type Host,
  PROTOCOL_VERSION,
  type RoundOpen,
  type SignedMessage,
  silentLogger,
} from '../../packages/protocol/src/index.ts'

const CHAIN_ID = 31_337
const SCENARIO: AddressText = `0x${'ab'.repeat(20)}`
const NEIGHBOURS = 8
const SOME_CID = cidOfBytes(Uint8Array.of(1))

const keyOf = (index: number) =>
  createPeerKey(createHash('sha256').update(`bench peer ${index}`).digest())

/** Peer `index` of a group in which all are members; `heard` is told of every message. */
export function createGroupHost(
  index: number,
  options: {
    readonly peers: number
    readonly neighbours: boolean
    heard(signed: SignedMessage): void
  },
): Host {
  const members = new Set(Array.from({ length: options.peers }, (_, other) => keyOf(other).peerId))
  return createHost(
    {
      peerKey: keyOf(index),
      listen: ['/ip4/127.0.0.1/tcp/0'],
      chainId: CHAIN_ID,
      scenario: SCENARIO,
      blobs: createMemoryBlobStore(),
      neighbours: options.neighbours ? NEIGHBOURS : 0,
    },
    {
      rules: {
        isMember: (peer) => members.has(peer),
        checkMessage: () => ({ action: 'accept' }),
        onMessage: options.heard,
        mayServe: () => false,
        latestMessages: () => [],
      },
      logger: silentLogger,
    },
  )
}

/** A RoundOpen as an aggregator sends it. */
export function groupMessage(round: number): RoundOpen {
  return {
    type: 'round-open',
    version: PROTOCOL_VERSION,
    chainId: CHAIN_ID,
    scenario: SCENARIO,
    term: 1,
    round,
    sentAt: Date.now(),
    manifest: SOME_CID,
    model: { cid: SOME_CID, size: 796_840 },
    commitment: new Uint8Array(32).fill(7),
    block: { number: 12, hash: new Uint8Array(32).fill(8), isHead: true },
    deadline: Date.now() + 60_000,
  }
}

/** Ms since the epoch with fractions, comparable between processes of one machine. */
export function preciseNow(): number {
  return performance.timeOrigin + performance.now()
}
