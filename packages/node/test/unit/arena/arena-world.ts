import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { createEngine, createRandom, type Dataset } from '@fednode/engine'
import {
  type AddressText,
  type BlobStore,
  createBlobStore,
  createHost,
  createPeerKey,
  type PeerKey,
  silentLogger,
} from '@fednode/protocol'
import type { ArenaChain } from '../../../src/arena/arena-chain.ts'
import type { ArenaEvent } from '../../../src/arena/arena-events.ts'
import { createArenaJournal } from '../../../src/arena/arena-journal.ts'
import { createArenaMember } from '../../../src/arena/create-arena-member.ts'
import type { VotingNode } from '../../../src/voting/voting-node.ts'
import { manifest, temporaryDirectory } from '../silo/harness.ts'
import { createFakeArena } from './fake-arena.ts'

/** Far ahead of any clock of this machine: only the chain's time counts. */
const FAR_AHEAD = 40_000_000_000
export const SCOPE: AddressText = '0x00000000000000000000000000000000000000aa'
const ROWS = 160

/** One member over restarts: its keys and its directory stay. */
export type Player = {
  readonly account: AddressText
  readonly events: ArenaEvent[]
  readonly blobs: BlobStore
  start(chain?: Partial<ArenaChain>): Promise<VotingNode>
}

/** Members of a task in memory, with real hosts on the loopback, real journals and real training. */
export async function createArenaWorld(
  cleanup: (() => unknown)[],
  counts: {
    readonly nodes: number
    readonly validators: number
    readonly rounds: number
    /** The chain's time at first, Unix seconds. */
    readonly startsAt?: number
  },
) {
  const engine = await createEngine({ backend: 'cpu' })
  const all = counts.nodes + counts.validators
  const keys = Array.from({ length: all }, (_, i) => createPeerKey(new Uint8Array(32).fill(i + 10)))
  const accounts = keys.map((_, i) => `0x${String(i + 1).padStart(40, '0')}` as AddressText)
  const [nodes, validators] = [accounts.slice(0, counts.nodes), accounts.slice(counts.nodes)]
  const arena = createFakeArena({ startsAt: FAR_AHEAD, ...counts, nodes, validators })
  const peers = accounts.map((_, i) => (keys[i] as PeerKey).peerId)
  const addresses: string[] = []

  function player(index: number): Player {
    const account = accounts[index] as AddressText
    const directory = temporaryDirectory(cleanup)
    const role = index < counts.nodes ? 'node' : 'validator'
    const events: ArenaEvent[] = []
    const blobs = createBlobStore(path.join(directory, 'blobs'))
    return {
      account,
      events,
      blobs,
      async start(chain = {}) {
        const journal = createArenaJournal(path.join(directory, 'arena.sqlite'))
        const peerKey = keys[index] as PeerKey
        const member = createArenaMember(
          {
            role,
            manifest,
            metric: 'accuracy',
            scope: SCOPE,
            leastStake: 1n,
            pollMs: 20,
            turnMs: 30,
            bootstrap: addresses.filter((address) => !address.endsWith(peerKey.peerId)),
          },
          {
            chain: { ...arena.chainOf(account), ...chain },
            peers: {
              peerOf: (one) => peers[accounts.indexOf(one as AddressText)],
              isMember: async (peer) => peers.includes(peer),
              isValidator: (peer) => peers.indexOf(peer) >= counts.nodes,
            },
            journal,
            blobs,
            createHost: (rules) =>
              createHost(
                {
                  peerKey,
                  listen: ['/ip4/127.0.0.1/tcp/0'],
                  chainId: 31_337,
                  scenario: SCOPE,
                  blobs,
                  neighbours: all,
                },
                { rules, logger: silentLogger },
              ),
            createEngine: async () => engine,
            data: rowsOf(index),
            drawSalt: () => randomBytes(32),
            onEvent(event) {
              events.push(event)
              if (event.type === 'listening') addresses.push(...event.addresses)
            },
            logger: silentLogger,
            elapsed: () => performance.now(),
          },
        )
        await member.start()
        cleanup.push(() => member.stop())
        void member.done.finally(() => journal.close()).catch(() => {})
        return member
      },
    }
  }
  const players = accounts.map((_, index) => player(index))
  return {
    arena,
    nodes: players.slice(0, counts.nodes),
    validators: players.slice(counts.nodes),
  }
}

/** The same question for all; other rows for each. */
function rowsOf(index: number): Dataset {
  const random = createRandom(index + 1)
  const features = Float32Array.from({ length: 2 * ROWS }, () => random.uniform())
  const labels = Int32Array.from({ length: ROWS }, (_, row) =>
    (features[2 * row] as number) > (features[2 * row + 1] as number) ? 0 : 1,
  )
  const targets = { kind: 'classes', labels, classes: 2 } as const
  return { count: ROWS, featureShape: [2], features, featureScale: 1, targets }
}
