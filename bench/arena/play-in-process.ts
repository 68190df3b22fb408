import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type ChainAccount, connectChain, startAnvil } from '../../packages/contracts/src/index.ts'
import { accountOf } from '../../packages/contracts/test/support/accounts.ts'
import type { Dataset, Engine } from '../../packages/engine/src/index.ts'
import { createArenaChain } from '../../packages/node/src/arena/arena-chain.ts'
import { createArenaJournal } from '../../packages/node/src/arena/arena-journal.ts'
import { createArenaPeers } from '../../packages/node/src/arena/arena-peers.ts'
import { createArenaMember } from '../../packages/node/src/arena/create-arena-member.ts'
import { createChainClock } from '../../packages/node/src/chain/chain-clock.ts'
import { drawSalt } from '../../packages/node/src/voting/draw-salt.ts'
import type { VotingNode } from '../../packages/node/src/voting/voting-node.ts'
import {
  type BlobStore,
  createHost,
  createMemoryBlobStore,
  createPeerKey,
  type PeerKey,
  silentLogger,
  taskScope,
} from '../../packages/protocol/src/index.ts'
import { type ArenaScene, foundScene, STAKE } from './arena-scene.ts'
import type { Cast } from './cast.ts'
import { dealDigits } from './deal-digits.ts'
import { enterTask, giveStake } from './enter-task.ts'
import { guessOf, judgeBlindly } from './judge-blindly.ts'
import { keepTime } from './keep-time.ts'
import { measureQuality } from './measure-quality.ts'
import { namesOf } from './names-of.ts'
import { type ArenaPlayed, type Member, readStandings } from './standings.ts'

const PACE = { pollMs: 100, turnMs: 300 }
const LISTEN = ['/ip4/127.0.0.1/tcp/0']
/** More than any cast has members. */
const NEIGHBOURS = 16

/** Whose task is played, for how long, and what who does not look knows beforehand: mean consensus of each round of an earlier task. */
export type ArenaPlay = {
  readonly cast: Cast
  readonly rounds: number
  readonly seed: number
  readonly earlier: readonly number[]
}

type Player = Member & {
  readonly account: ChainAccount
  readonly peerKey: PeerKey
  readonly blobs: BlobStore
  readonly data: Dataset
}

/** Plays a task on MNIST: real contracts, hosts, training and scoring, in one process. */
export async function playInProcess(engine: Engine, play: ArenaPlay): Promise<ArenaPlayed> {
  const anvil = await startAnvil()
  const directory = mkdtempSync(path.join(tmpdir(), 'fednode-bench-arena-'))
  try {
    const reader = await connectChain({ rpcUrl: anvil.rpcUrl })
    const scene = await foundScene(reader, { ...play, directory })
    return await playScene(engine, scene, play)
  } finally {
    await anvil.stop()
    rmSync(directory, { recursive: true, force: true })
  }
}

async function playScene(engine: Engine, scene: ArenaScene, play: ArenaPlay): Promise<ArenaPlayed> {
  const { cast, seed, earlier } = play
  const { members: deals, validation } = dealDigits({ cast, seed })
  const players = await Promise.all(
    namesOf(cast).map(async ({ name, manner }, index): Promise<Player> => {
      const account = await accountOf(scene.reader, `arena-${name}`)
      const peerKey = createPeerKey(new Uint8Array(32).fill(index + 1))
      const data = deals[index] ?? validation
      const { address } = account
      return { name, manner, address, account, peerKey, blobs: keepingStore(), data }
    }),
  )
  for (const player of players) await giveStake(scene, player.address)
  await Promise.all(
    players.map((player) =>
      enterTask(scene, { ...player, role: player.manner === 'node' ? 'node' : 'validator' }),
    ),
  )
  const addresses: string[] = []
  const daemons: VotingNode[] = []
  const blind: Promise<void>[] = []
  for (const player of players) {
    const { manner, account } = player
    if (manner === 'lazy' || manner === 'random') {
      blind.push(judgeBlindly(account, scene, guessOf(manner, { earlier, seed })))
    } else daemons.push(await startMember(engine, { scene, player, addresses }))
  }
  const { nodes, validators } = cast
  await keepTime(scene, { nodes: nodes.length, validators: validators.length })
  await Promise.all([...daemons.map(({ done }) => done), ...blind])
  await Promise.all(daemons.map((one) => one.stop()))
  const ended = await readStandings(scene, players)
  const stores = new Map(players.map(({ address, blobs }) => [address, blobs]))
  const sight = { rounds: ended.rounds, stores, data: validation }
  return { ...ended, quality: await measureQuality(engine, scene, sight) }
}

/** A store that forgets nothing: members drop the models of the round before, whose accuracy is measured at the end. */
function keepingStore(): BlobStore {
  return { ...createMemoryBlobStore(), async remove() {} }
}

async function startMember(
  engine: Engine,
  at: { readonly scene: ArenaScene; readonly player: Player; readonly addresses: string[] },
): Promise<VotingNode> {
  const { scene, player, addresses } = at
  const { account, peerKey, blobs, data } = player
  const { network, task, plan, reader } = scene
  const { contracts, since: fromBlock } = network
  const role = player.manner === 'node' ? 'node' : 'validator'
  const scope = taskScope(task)
  const { registry } = contracts
  const { manifest } = plan
  const where = { chainId: reader.chainId, scenario: scope, blobs, neighbours: NEIGHBOURS }
  const clock = createChainClock(reader, { now: Date.now, logger: silentLogger })
  const about = { role, manifest, metric: 'accuracy', scope, leastStake: STAKE / 2n } as const
  const member = createArenaMember(
    { ...about, ...PACE, bootstrap: [...addresses] },
    {
      chain: createArenaChain(account, { contracts, task, role, fromBlock, clock }),
      peers: await createArenaPeers(reader, { registry, task, fromBlock, logger: silentLogger }),
      journal: createArenaJournal(path.join(scene.directory, `${player.name}.sqlite`)),
      blobs,
      createHost: (rules) =>
        createHost({ peerKey, listen: LISTEN, ...where }, { rules, logger: silentLogger }),
      createEngine: async () => engine,
      data,
      drawSalt,
      onEvent(event) {
        if (event.type === 'listening') addresses.push(...event.addresses)
        if (event.type === 'trouble') console.error(`arena: ${player.name}: ${event.reason}`)
      },
      logger: silentLogger,
      elapsed: () => performance.now(),
    },
  )
  await member.start()
  return member
}
