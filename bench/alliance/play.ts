import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import {
  type ChainAccount,
  connectChain,
  joinAlliance,
  stake,
  startAnvil,
  transferToken,
} from '../../packages/contracts/src/index.ts'
import { accountOf } from '../../packages/contracts/test/support/accounts.ts'
import {
  createNetwork,
  SIGNER,
  type TestNetwork,
} from '../../packages/contracts/test/support/network.ts'
import { type Dataset, type Engine, holdOut } from '../../packages/engine/src/index.ts'
import { createAllianceChain } from '../../packages/node/src/alliance/alliance-chain.ts'
import { createAllianceJournal } from '../../packages/node/src/alliance/alliance-journal.ts'
import type { AllianceDeps } from '../../packages/node/src/alliance/alliance-node.ts'
import { createAlliancePeers } from '../../packages/node/src/alliance/alliance-peers.ts'
import { createAllianceNode } from '../../packages/node/src/alliance/create-alliance-node.ts'
import { firstModel } from '../../packages/node/src/alliance/first-model.ts'
import { createChainClock } from '../../packages/node/src/chain/chain-clock.ts'
import { drawSalt } from '../../packages/node/src/voting/draw-salt.ts'
import { proveMembership } from '../../packages/node/src/voting/prove-membership.ts'
import type { VotingNode } from '../../packages/node/src/voting/voting-node.ts'
import {
  allianceScope,
  cidOfBlob,
  createHost,
  createMemoryBlobStore,
  createPeerKey,
  decodeWeights,
  digestOfCid,
  type Manifest,
  modelSpecOf,
  type PeerKey,
  silentLogger,
} from '../../packages/protocol/src/index.ts'
import {
  allianceManifest,
  dealDigits,
  foundAlliance,
  gainOf,
  NODES,
  STAKE,
} from './alliance-scene.ts'
import { keepTime } from './keep-time.ts'
import { type Mischief, spoiled } from './players.ts'

const HELD_SHARE = 0.2
const LISTEN = ['/ip4/127.0.0.1/tcp/0']
const PACE = { pollMs: 100, turnMs: 200, lingerMs: 500 }

/** How an alliance of eight ended. */
export type Played = {
  /** Of the last model, on 10,000 digits of other writers. */
  readonly accuracy: number
  /** Stake won, less stake lost, of each node in wei; the malicious ones are last. */
  readonly gains: readonly bigint[]
}

/** What is played, and by whom. */
export type Play = {
  readonly rounds: number
  readonly mischief: Mischief | undefined
  readonly malicious: number
  /** Of who has which rows, of the first model and of training. */
  readonly seed: number
}

type Player = {
  readonly account: ChainAccount
  readonly peerKey: PeerKey
  readonly mischief: Mischief | undefined
}

type Scene = {
  readonly engine: Engine
  readonly network: TestNetwork
  readonly manifest: Manifest
  readonly id: bigint
  readonly task: bigint
  readonly directory: string
  /** Where nodes listen that have started. */
  readonly addresses: string[]
  /** The last model, as each node saved it. */
  readonly models: Uint8Array[]
}

/**
 * Plays an alliance of eight nodes on MNIST, the last `malicious` of which do mischief: real contracts, hosts and training, in one process.
 */
export async function playAlliance(engine: Engine, play: Play): Promise<Played> {
  const anvil = await startAnvil()
  const directory = mkdtempSync(path.join(tmpdir(), 'fednode-bench-alliance-'))
  try {
    const reader = await connectChain({ rpcUrl: anvil.rpcUrl })
    const network = await createNetwork(reader)
    const manifest = allianceManifest(play.rounds, play.seed)
    const model = digestOfCid(cidOfBlob(firstModel(engine, manifest)))
    // Everybody has the manifest already.
    const terms = { manifest: model, model, rounds: play.rounds }
    const founded = await foundAlliance(network.founder, network, terms)
    const scene = { engine, network, manifest, ...founded, directory, addresses: [], models: [] }
    return await playScene(scene, play)
  } finally {
    await anvil.stop()
    rmSync(directory, { recursive: true, force: true })
  }
}

async function playScene(scene: Scene, { mischief, malicious, seed }: Play): Promise<Played> {
  const { network, id } = scene
  const players = await Promise.all(
    Array.from({ length: NODES }, async (_, index) => ({
      account: await accountOf(network.reader, `alliance-${index}`),
      peerKey: createPeerKey(new Uint8Array(32).fill(index + 1)),
      mischief: index >= NODES - malicious ? mischief : undefined,
    })),
  )
  for (const player of players) await enter(scene, player)
  const { silos, test } = dealDigits(seed)
  const nodes: VotingNode[] = []
  for (const [index, player] of players.entries()) {
    const rows = silos[index] ?? test
    nodes.push(await startNode(scene, player, holdOut(rows, { share: HELD_SHARE, seed: index })))
  }
  const silent = players.filter((one) => one.mischief === 'silence')
  const isSilent = (name: string): boolean => silent.some(({ account }) => account.address === name)
  await keepTime(network.founder, network, { id, isSilent, signer: SIGNER })
  // Who has lost its stake ends with a refusal.
  await Promise.allSettled(nodes.map(({ done }) => done))
  await Promise.all(nodes.map((node) => node.stop()))
  const gains = await Promise.all(
    players.map(({ account }) =>
      gainOf(network.reader, network, { ...scene, account: account.address }),
    ),
  )
  return { accuracy: accuracyOf(scene, test), gains }
}

async function startNode(
  scene: Scene,
  { account, peerKey, mischief }: Player,
  data: AllianceDeps['data'],
): Promise<VotingNode> {
  const { network, engine, manifest, id, addresses } = scene
  const { contracts, reader } = network
  const { alliance } = contracts
  const scope = allianceScope(alliance, id)
  const blobs = createMemoryBlobStore()
  const clock = createChainClock(reader, { now: Date.now, logger: silentLogger })
  const where = { chainId: reader.chainId, scenario: scope, blobs, neighbours: NODES }
  const deps: AllianceDeps = {
    chain: createAllianceChain(account, { contracts, id, clock }),
    peers: await createAlliancePeers(reader, { alliance, id, fromBlock: 0n, logger: silentLogger }),
    journal: createAllianceJournal(path.join(scene.directory, `${account.address}.sqlite`)),
    blobs,
    createHost: (rules) =>
      createHost({ peerKey, listen: LISTEN, ...where }, { rules, logger: silentLogger }),
    createEngine: async () => engine,
    data,
    drawSalt,
    async saveModel(bytes) {
      scene.models.push(bytes)
      return ''
    },
    onEvent(event) {
      if (event.type === 'listening') addresses.push(...event.addresses)
      if (event.type === 'trouble') console.error(`alliance: ${account.address}: ${event.reason}`)
    },
    logger: silentLogger,
    elapsed: () => performance.now(),
  }
  const node = createAllianceNode(
    { manifest, scope, ...PACE, bootstrap: [...addresses] },
    mischief === undefined ? deps : spoiled(deps, mischief),
  )
  await node.start()
  return node
}

function accuracyOf({ engine, manifest, models: [bytes] }: Scene, data: Dataset): number {
  if (bytes === undefined) throw new TypeError('no node has the last model')
  const model = modelSpecOf(manifest)
  const weights = decodeWeights(bytes, engine.weightSpecs(model))
  return engine.evaluate(model, weights, data).metrics.accuracy ?? 0
}

async function enter({ network, id, task }: Scene, { account, peerKey }: Player): Promise<void> {
  const { contracts, founder } = network
  const { alliance, stakeManager, token } = contracts
  await transferToken(founder, { token, to: account.address, amount: STAKE })
  await stake(account, { stakeManager, role: 'alliance', task, amount: STAKE })
  const proof = proveMembership(account, { peerKey, scope: allianceScope(alliance, id) })
  await joinAlliance(account, { alliance, id, ...proof })
}
