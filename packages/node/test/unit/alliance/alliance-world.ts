import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { createEngine, createRandom, type Dataset, holdOut } from '@fednode/engine'
import {
  type AddressText,
  createBlobStore,
  createHost,
  createMemoryBlobStore,
  createPeerKey,
  digestOfCid,
  type PeerIdText,
  type PeerKey,
  silentLogger,
} from '@fednode/protocol'
import type { AllianceChain } from '../../../src/alliance/alliance-chain.ts'
import type { AllianceEvent } from '../../../src/alliance/alliance-events.ts'
import { createAllianceJournal } from '../../../src/alliance/alliance-journal.ts'
import { createAllianceNode } from '../../../src/alliance/create-alliance-node.ts'
import { firstModel } from '../../../src/alliance/first-model.ts'
import type { VotingNode } from '../../../src/voting/voting-node.ts'
import { manifest, temporaryDirectory } from '../silo/harness.ts'
import { createFakeAlliance } from './fake-alliance.ts'

const SCOPE: AddressText = '0x00000000000000000000000000000000000000aa'
const HELD = 0.25
const ROWS = 160

/** One participant over restarts: its keys and its directory stay. */
export type Participant = {
  readonly account: AddressText
  readonly events: AllianceEvent[]
  start(chain?: Partial<AllianceChain>): Promise<VotingNode>
}

/**
 * Participants of an alliance in memory, with real hosts on the loopback, real journals and real training.
 * @param about - `chainAhead`: seconds by which the chain's clock is ahead of this machine's; 0 when left out.
 */
export async function createAllianceWorld(
  cleanup: (() => unknown)[],
  about: { readonly count: number; readonly rounds: number; readonly chainAhead?: number },
) {
  const { count, rounds, chainAhead = 0 } = about
  const engine = await createEngine({ backend: 'cpu' })
  const plan = { ...manifest, strategy: { name: 'median', weighting: 'equal' } } as const
  const first = await createMemoryBlobStore().put(firstModel(engine, plan))
  const keys = Array.from({ length: count }, (_, i) =>
    createPeerKey(new Uint8Array(32).fill(i + 10)),
  )
  const accounts = keys.map((_, i) => `0x${String(i + 1).padStart(40, '0')}` as AddressText)
  const alliance = createFakeAlliance({
    accounts,
    model: digestOfCid(first.cid),
    rounds,
    now: () => Math.floor(Date.now() / 1000) + chainAhead,
  })
  const peerIds = new Map(accounts.map((account, i) => [account, (keys[i] as PeerKey).peerId]))
  const known = [...peerIds.values()]
  const addresses: string[] = []

  const othersOf = (index: number): readonly string[] =>
    addresses.filter((address) => !address.endsWith((keys[index] as PeerKey).peerId))

  function participant(index: number): Participant {
    const account = accounts[index] as AddressText
    const directory = temporaryDirectory(cleanup)
    const events: AllianceEvent[] = []
    return {
      account,
      events,
      async start(chain = {}) {
        const blobs = createBlobStore(path.join(directory, 'blobs'))
        const journal = createAllianceJournal(path.join(directory, 'alliance.sqlite'))
        const node = createAllianceNode(
          {
            manifest: plan,
            scope: SCOPE,
            pollMs: 20,
            turnMs: 30,
            lingerMs: 0,
            bootstrap: othersOf(index),
          },
          {
            chain: { ...alliance.chainOf(account), ...chain },
            peers: {
              refresh: async () => {},
              peerOf: (one) => peerIds.get(one as AddressText),
              isKnown: (peer: PeerIdText) => known.includes(peer),
              isMember: async (peer) => known.includes(peer),
            },
            journal,
            blobs,
            createHost: (rules) =>
              createHost(
                {
                  peerKey: keys[index] as PeerKey,
                  listen: ['/ip4/127.0.0.1/tcp/0'],
                  chainId: 31_337,
                  scenario: SCOPE,
                  blobs,
                  neighbours: count,
                },
                { rules, logger: silentLogger },
              ),
            createEngine: async () => engine,
            data: holdOut(rowsOf(index), { share: HELD, seed: 1 }),
            drawSalt: () => randomBytes(32),
            saveModel: async () => path.join(directory, 'model.safetensors'),
            onEvent(event) {
              events.push(event)
              if (event.type === 'listening') addresses.push(...event.addresses)
            },
            logger: silentLogger,
            elapsed: () => performance.now(),
          },
        )
        await node.start()
        cleanup.push(() => node.stop())
        void node.done.finally(() => journal.close()).catch(() => {})
        return node
      },
    }
  }
  return { alliance, participants: accounts.map((_, index) => participant(index)) }
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
