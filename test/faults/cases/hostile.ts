import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  encodeSignedMessage,
  isSiloName,
  openSignedMessage,
  type PeerKey,
  type RoundOpen,
  signMessage,
  type UpdateReady,
} from '../../../packages/protocol/src/index.ts'
import { cidOfBlob } from '../../../packages/protocol/src/transport/blob-descriptor.ts'
import { topicOf } from '../../../packages/protocol/src/transport/gossip-options.ts'
import {
  BLOB_PROTOCOL,
  HELLO_PROTOCOL,
  SYNC_PROTOCOL,
} from '../../../packages/protocol/src/transport/limits.ts'
import {
  type HostileNode,
  startHostileNode,
} from '../../../packages/protocol/test/support/hostile-node.ts'
import type { FaultCases, Tally } from '../harness/fault-case.ts'
import type { Federation } from '../harness/federation.ts'
import { roundOf } from '../harness/play.ts'
import { survive } from '../harness/survive.ts'
import { until } from '../harness/until.ts'

/** The third silo is registered, and hostile; a round needs the other two. */
const TERMS = { silos: 3, rounds: 3, minSilos: 2, absent: 1, deadlineSeconds: 5 }
const TIMEOUT_MS = 180_000
const START_MS = 60_000
const HOSTILE = 'silo-3'
const CHAIN_ID = 31_337
const PROTOCOLS = [BLOB_PROTOCOL, SYNC_PROTOCOL, HELLO_PROTOCOL]
const GARBAGE_BYTES = 65_536
const FLOOD = 1_000_000
const FLOOD_BATCH = 200

type Attacker = {
  readonly node: HostileNode
  readonly key: PeerKey
  readonly federation: Federation
  /** Addresses of the aggregator and of the honest silos. */
  readonly targets: readonly string[]
}

type Strike = (attacker: Attacker) => Promise<number>

/** Attacks by name; each is one blow, struck again and again while the federation plays. */
const ATTACKS: Readonly<Record<string, Strike>> = {
  garbage: (attacker) => onEveryProtocol(attacker, () => randomBytes(GARBAGE_BYTES)),
  'truncated frames': (attacker) =>
    onEveryProtocol(attacker, () => Uint8Array.of(0xf4, 0x03, 1, 2, 3)),
  'lengths of 2^31': (attacker) =>
    onEveryProtocol(attacker, () => Uint8Array.of(0x80, 0x80, 0x80, 0x80, 0x08)),
  'slow streams': dripSlowly,
  'flood of messages': flood,
  'replayed and forged messages': replayAndForge,
  'blobs that are not their id': lieAboutBlob,
}

/** A member that does its worst, over the wire. */
export const hostileCases: FaultCases = Object.fromEntries(
  Object.entries(ATTACKS).map(([name, strike]) => [
    `hostile-${name.replaceAll(/[^a-z0-9]+/g, '-')}`,
    () => underAttack(name, strike),
  ]),
)

async function underAttack(name: string, strike: Strike): Promise<readonly Tally[]> {
  let blows = 0
  const fault = await survive(TERMS, (federation) => ({
    timeoutMs: TIMEOUT_MS,
    async disturb() {
      blows = await attack(federation, strike)
    },
  }))
  const survived = fault === undefined ? blows : 0
  const notes = fault === undefined ? [] : [fault]
  return [{ fault: `hostile member: ${name}`, tried: blows, survived, notes }]
}

async function attack(federation: Federation, strike: Strike): Promise<number> {
  await until('round 1', () => roundOf(federation) >= 1, START_MS)
  const key = await federation.keyOf(HOSTILE)
  const topic = topicOf(CHAIN_ID, federation.scenario.toLowerCase() as `0x${string}`)
  const node = await startHostileNode(key, topic)
  const attacker = { node, key, federation, targets: federation.processes.map(addressOf) }
  let blows = 0
  try {
    while (federation.aggregator.isRunning()) blows += await strike(attacker)
  } finally {
    await node.stop()
  }
  return blows
}

function addressOf({ events }: Federation['aggregator']): string {
  const found = events.findLast(({ type }) => type === 'listening')
  const [address] = (found?.addresses ?? []) as readonly string[]
  return address ?? ''
}

/** Some bytes as the whole of a stream. Being refused, hung up on or banned is what a target may do. */
async function onEveryProtocol(
  { node, targets }: Attacker,
  bytesOf: () => Uint8Array,
): Promise<number> {
  let blows = 0
  for (const target of targets) {
    for (const protocol of PROTOCOLS) {
      await defeated(async () => {
        const stream = await node.open(target, protocol)
        blows++
        stream.send(bytesOf())
        await stream.close()
      })
    }
  }
  await sleep(50)
  return blows
}

/** As many streams as it gets, a byte a second on each, and nothing read. */
async function dripSlowly({ node, targets, federation }: Attacker): Promise<number> {
  let blows = 0
  for (const target of targets) {
    for (const protocol of PROTOCOLS) {
      await defeated(async () => {
        const stream = await node.open(target, protocol)
        blows++
        const timer = setInterval(() => {
          if (stream.status === 'open') stream.send(Uint8Array.of(0x80))
          else clearInterval(timer)
        }, 1_000)
        timer.unref()
      })
    }
  }
  await sleep(federation.aggregator.isRunning() ? 2_000 : 0)
  return blows
}

async function flood({ node, targets, federation }: Attacker): Promise<number> {
  for (const target of targets) await defeated(() => node.dial(target))
  let sent = 0
  while (sent < FLOOD && federation.aggregator.isRunning()) {
    const batch = Array.from({ length: FLOOD_BATCH }, () =>
      defeated(async () => {
        await node.publish(randomBytes(64))
        sent++
      }),
    )
    await Promise.all(batch)
    await sleep(1)
  }
  return sent
}

async function replayAndForge({ node, key, federation, targets }: Attacker): Promise<number> {
  for (const target of targets) await defeated(() => node.dial(target))
  await sleep(200)
  let blows = 0
  const strike = async (bytes: Uint8Array): Promise<void> => {
    await defeated(() => node.publish(bytes))
    blows++
  }
  for (const bytes of node.heard.slice(-20)) {
    // The same again, and the same in another round and term, signed by the wrong member.
    await strike(bytes)
    const opened = openSignedMessage(bytes)
    if (!opened.ok) continue
    const { message } = opened.signed
    const forged = { ...message, round: roundOf(federation) + 1, term: message.term + 1 }
    await strike(encodeSignedMessage(signMessage(forged, key)))
    const { signature } = opened.signed
    await strike(encodeSignedMessage({ ...signMessage(message, key), signature }))
  }
  return blows
}

/** Announces an update and serves other bytes. */
async function lieAboutBlob({ node, key, targets }: Attacker): Promise<number> {
  await defeated(() => node.handle(BLOB_PROTOCOL, (stream) => void stream.send(randomBytes(4_096))))
  for (const target of targets) await defeated(() => node.dial(target))
  await sleep(500)
  const open = openingIn(node.heard)
  if (open === undefined || !isSiloName(HOSTILE)) return 0
  const update = randomBytes(500)
  const { version, chainId, scenario, term, round, model } = open
  const lie: UpdateReady = {
    type: 'update-ready',
    ...{ version, chainId, scenario, term, round, sentAt: Date.now() },
    silo: HOSTILE,
    base: model.cid,
    update: { cid: cidOfBlob(update), size: update.length },
    ...{ samples: 60, trainMs: 5, lossMicros: 1 },
  }
  await defeated(() => node.publish(encodeSignedMessage(signMessage(lie, key))))
  return 1
}

/** The newest opening of a round. */
function openingIn(heard: readonly Uint8Array[]): RoundOpen | undefined {
  for (const bytes of heard.toReversed()) {
    const opened = openSignedMessage(bytes)
    if (opened.ok && opened.signed.message.type === 'round-open') return opened.signed.message
  }
  return undefined
}

/** Does something that the other side may prevent: libp2p then rejects with errors and events of many kinds. */
async function defeated(deed: () => Promise<unknown>): Promise<void> {
  await deed().catch(() => {})
}
