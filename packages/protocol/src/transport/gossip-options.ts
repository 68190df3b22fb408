import { createHash } from 'node:crypto'
import { type GossipsubOpts, StrictNoSign } from '@libp2p/gossipsub'
import type { AddressText } from '../ids.ts'
import { CLOCK_SKEW_MS, MESSAGE_LIFETIME_MS } from '../limits.ts'
import { MAX_GOSSIP_BACKLOG_BYTES, MAX_GOSSIP_FRAME_BYTES } from './limits.ts'
import { BAN_POINTS } from './standing.ts'

/** Below so many mesh peers gossipsub takes in every peer that subscribes. */
export const MESH_LOW = 6

/** The one gossipsub topic of a Scenario. */
export function topicOf(chainId: number, scenario: AddressText): string {
  return `/fednode/1/${chainId}/${scenario.toLowerCase()}`
}

/**
 * Gossipsub for few peers and few, important messages: immediate flooding to all subscribers, a mesh that forms at once, our own
 * signatures, ids by content, and the application's standing as the only score that counts.
 * @param scoreOf - 0 or less: a peer's application-specific score.
 */
export function gossipOptions(
  topic: string,
  scoreOf: (peer: string) => number,
): Partial<GossipsubOpts> {
  return {
    globalSignaturePolicy: StrictNoSign,
    msgIdFn: (message) => createHash('sha256').update(message.data).digest(),
    // A replay within the life of a message meets this memory, a later one the expiry (T3).
    seenTTL: MESSAGE_LIFETIME_MS + 2 * CLOCK_SKEW_MS,
    allowedTopics: [topic],
    emitSelf: false,
    fallbackToFloodsub: false,
    floodPublish: true,
    doPX: false,
    allowPublishToZeroTopicPeers: true,
    ignoreDuplicatePublishError: true,
    ...MESH,
    ...LIMITS,
    scoreThresholds: {
      gossipThreshold: -0.4 * BAN_POINTS,
      publishThreshold: -0.6 * BAN_POINTS,
      graylistThreshold: -0.8 * BAN_POINTS,
    },
    scoreParams: {
      appSpecificScore: scoreOf,
      appSpecificWeight: 1,
      // Silos of one institution, and all processes of a local federation, share an address.
      IPColocationFactorWeight: 0,
      topics: {},
    },
  }
}

// D values of gossipsub's specification; the heartbeat is half of it because a round may take a few seconds only.
const MESH: Partial<GossipsubOpts> = {
  heartbeatInterval: 500,
  D: 8,
  Dlo: MESH_LOW,
  Dhi: 12,
  Dscore: 4,
  Dout: 2,
  Dlazy: 6,
  // 10 s of messages for who asks, 5 s of ids for who may have missed one.
  mcacheLength: 20,
  mcacheGossip: 10,
}

// Bounded work and memory per peer (T6).
const LIMITS: Partial<GossipsubOpts> = {
  awaitRpcHandler: true,
  awaitRpcMessageHandler: true,
  maxInboundStreams: 2,
  maxOutboundStreams: 2,
  maxInboundDataLength: MAX_GOSSIP_FRAME_BYTES,
  maxOutboundBufferSize: MAX_GOSSIP_BACKLOG_BYTES,
  maxTopicBytesPerPeer: 16_384,
  decodeRpcLimits: {
    maxSubscriptions: 8,
    maxMessages: 512,
    maxIhaveMessageIDs: 2_048,
    maxIwantMessageIDs: 2_048,
    maxIdontwantMessageIDs: 512,
    maxControlMessages: 64,
    maxPeerInfos: 0,
  },
}
