import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import {
  type ChainAccount,
  connectChain,
  ONE_TOKEN,
  startAnvil,
} from '../../packages/contracts/src/index.ts'
import { accountOf } from '../../packages/contracts/test/support/accounts.ts'
import type { Engine } from '../../packages/engine/src/index.ts'
import { scenarioPaths } from '../../packages/node/src/runtime/scenario-directory.ts'
import {
  type BlobStore,
  createBlobStore,
  createPeerKey,
  taskScope,
} from '../../packages/protocol/src/index.ts'
import { endsWell } from '../network/ends-well.ts'
import { type StartedMember, startMember } from '../network/start-member.ts'
import { type ArenaScene, foundScene, STAKE } from './arena-scene.ts'
import { dealDigits } from './deal-digits.ts'
import { enterTask, FOR_FEE, giveStake } from './enter-task.ts'
import { guessOf, judgeBlindly } from './judge-blindly.ts'
import { keepTime } from './keep-time.ts'
import { measureQuality } from './measure-quality.ts'
import { namesOf } from './names-of.ts'
import type { ArenaPlay } from './play-in-process.ts'
import { type ArenaPlayed, type Member, readStandings } from './standings.ts'

const WHAT = 'arena:1'
/** What each member puts in, tokens. */
const STAKED = Number(STAKE / ONE_TOKEN)

type Daemon = Member & StartedMember

/**
 * The same task with `fednode join` as a process of its own for each node and each validator that looks; who does not look is an account.
 */
export async function playInProcesses(engine: Engine, play: ArenaPlay): Promise<ArenaPlayed> {
  const anvil = await startAnvil()
  const directory = mkdtempSync(path.join(tmpdir(), 'fednode-bench-arena-'))
  const daemons: Daemon[] = []
  try {
    const reader = await connectChain({ rpcUrl: anvil.rpcUrl })
    const scene = await foundScene(reader, { ...play, directory })
    return await playScene(engine, { scene, play, daemons })
  } finally {
    for (const { process } of daemons) process.child.kill('SIGKILL')
    await anvil.stop()
    rmSync(directory, { recursive: true, force: true })
  }
}

async function playScene(
  engine: Engine,
  about: { readonly scene: ArenaScene; readonly play: ArenaPlay; readonly daemons: Daemon[] },
): Promise<ArenaPlayed> {
  const { scene, play, daemons } = about
  const { cast, seed, earlier } = play
  const { members: deals, validation } = dealDigits({ cast, seed })
  const members: Member[] = []
  const blind: Promise<void>[] = []
  for (const [index, { name, manner }] of namesOf(cast).entries()) {
    if (manner === 'lazy' || manner === 'random') {
      const account = await enterBlind(scene, name, index)
      members.push({ name, manner, address: account.address })
      blind.push(judgeBlindly(account, scene, guessOf(manner, { earlier, seed })))
    } else {
      const role = manner === 'node' ? 'arena-node' : 'arena-validator'
      const terms = { name, what: WHAT, role, data: deals[index] ?? validation } as const
      const money = { stake: STAKED, tokens: STAKE + FOR_FEE }
      const known = daemons[0]?.process
      const started = await startMember(scene, { ...terms, ...money, known })
      daemons.push({ name, manner, ...started })
      members.push({ name, manner, address: started.address })
    }
  }
  const quality = new Map<string, number>()
  const counts = { nodes: cast.nodes.length, validators: cast.validators.length }
  // Daemons drop the models of a round when the next one is frozen.
  const timing = keepTime(scene, {
    ...counts,
    async onFrozen(entries) {
      const sight = { rounds: [{ models: entries }], stores: storesOf(scene, daemons) }
      const found = await measureQuality(engine, scene, { ...sight, data: validation })
      for (const [model, accuracy] of found) quality.set(model, accuracy)
    },
  })
  await Promise.all([timing, ...blind, ...daemons.map(({ process }) => endsWell(process))])
  return { ...(await readStandings(scene, members)), quality }
}

async function enterBlind(scene: ArenaScene, name: string, index: number): Promise<ChainAccount> {
  const account = await accountOf(scene.reader, `arena-${name}`)
  await giveStake(scene, account.address)
  const peerKey = createPeerKey(new Uint8Array(32).fill(index + 1))
  await enterTask(scene, { account, peerKey, role: 'validator' })
  return account
}

/** What nodes keep of their models, by account. */
function storesOf(
  { directory, task }: ArenaScene,
  daemons: readonly Daemon[],
): ReadonlyMap<string, BlobStore> {
  const nodes = daemons.filter(({ manner }) => manner === 'node')
  return new Map(
    nodes.map(({ address, name }) => {
      const { blobs } = scenarioPaths(path.join(directory, name), taskScope(task))
      return [address, createBlobStore(blobs)]
    }),
  )
}
