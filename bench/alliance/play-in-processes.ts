import { mkdtempSync, rmSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import {
  type ChainReader,
  connectAccount,
  connectChain,
  type Network,
  readNetwork,
  setBalance,
  startAnvil,
  transferToken,
} from '../../packages/contracts/src/index.ts'
import { accountOf } from '../../packages/contracts/test/support/accounts.ts'
import type { Dataset, Engine } from '../../packages/engine/src/index.ts'
import { firstModel } from '../../packages/node/src/alliance/first-model.ts'
import {
  deployLocalNetwork,
  localBeaconSigner,
} from '../../packages/node/src/chain/local-network.ts'
import type { Plan } from '../../packages/node/src/plan/plan.ts'
import { readPlanFile } from '../../packages/node/src/plan/read-plan-file.ts'
import {
  cidOfBlob,
  decodeWeights,
  digestOfCid,
  modelSpecOf,
} from '../../packages/protocol/src/index.ts'
import { linesOf } from '../../test/e2e/lines-of.ts'
import { type RunningCli, startCli } from '../../test/e2e/start-cli.ts'
import {
  allianceManifest,
  dealDigits,
  foundAlliance,
  gainOf,
  NODES,
  STAKE,
} from './alliance-scene.ts'
import { keepTime } from './keep-time.ts'
import type { Play, Played } from './play.ts'
import { writeIdx } from './write-idx.ts'

const FIRST_PORT = 47_410
const GAS_MONEY = 10n ** 20n

type Scene = {
  readonly reader: ChainReader
  readonly network: Network
  readonly plan: Plan
  readonly id: bigint
  readonly directory: string
}

type Daemon = {
  readonly account: `0x${string}`
  readonly process: RunningCli
  /** Where it listens, with its peer id. */
  readonly listensAt: string
}

/** The same alliance with `fednode join --role alliance` as a process of its own for each node. */
export async function playInProcesses(engine: Engine, play: Play): Promise<Played> {
  const anvil = await startAnvil()
  const directory = mkdtempSync(path.join(tmpdir(), 'fednode-bench-alliance-'))
  const daemons: Daemon[] = []
  try {
    const reader = await connectChain({ rpcUrl: anvil.rpcUrl })
    const founder = await accountOf(reader, 'founder')
    const network = await readNetwork(reader, { directory: await deployLocalNetwork(founder) })
    const source = path.join(directory, 'federation.json')
    await writeFile(source, JSON.stringify(allianceManifest(play.rounds, play.seed)))
    const plan = await readPlanFile(source)
    const model = digestOfCid(cidOfBlob(firstModel(engine, plan.manifest)))
    const terms = { manifest: digestOfCid(plan.cid), model, rounds: play.rounds }
    const { id, task } = await foundAlliance(founder, network, terms)
    const scene = { reader, network, plan, id, directory }
    const { silos, test } = dealDigits(play.seed)
    for (const [index, rows] of silos.entries()) {
      daemons.push(await startDaemon(scene, play, { index, rows, known: daemons.slice(0, 1) }))
    }
    const quiet = play.mischief === 'silence' ? daemons.slice(NODES - play.malicious) : []
    const isSilent = (name: string) => quiet.some(({ account }) => account === name)
    await keepTime(founder, network, { id, isSilent, signer: localBeaconSigner() })
    for (const { process } of daemons) {
      if ((await process.code) !== 0) throw new TypeError(process.stderr())
    }
    const of = ({ account }: Daemon) => gainOf(reader, network, { id, task, account })
    const gains = await Promise.all(daemons.map(of))
    return { accuracy: await accuracyOf(engine, { plan, daemons, test }), gains }
  } finally {
    for (const { process } of daemons) process.child.kill('SIGKILL')
    await anvil.stop()
    rmSync(directory, { recursive: true, force: true })
  }
}

async function startDaemon(
  { reader, network, plan, id, directory }: Scene,
  { mischief, malicious }: Play,
  about: { readonly index: number; readonly rows: Dataset; readonly known: readonly Daemon[] },
): Promise<Daemon> {
  const { index, rows, known } = about
  const name = `node-${index}`
  const made = startCli(['init', '--dir', name, '--json'], directory)
  if ((await made.code) !== 0) throw new TypeError(made.stderr())
  const { peerId } = JSON.parse(made.stdout()).data
  const key = await readFile(path.join(directory, name, 'account.key'), 'utf8')
  const privateKey = key.trim() as `0x${string}`
  const { address } = await connectAccount({ rpcUrl: reader.rpcUrl, privateKey })
  await setBalance(reader, { address, amount: GAS_MONEY })
  const founder = await accountOf(reader, 'founder')
  const { token } = network.contracts
  await transferToken(founder, { token, to: address, amount: STAKE })
  const own = ['--data', await writeIdx(path.join(directory, name), rows), '--dir', name]
  const terms = ['--manifest', plan.source, '--accept', plan.cid, '--stake', '10000']
  const chain = ['--rpc', reader.rpcUrl, '--network', network.directory]
  const listen = `/ip4/127.0.0.1/tcp/${FIRST_PORT + index}`
  const bootstrap = known.flatMap(({ listensAt }) => ['--bootstrap', listensAt])
  const isMalicious = mischief !== undefined && index >= NODES - malicious
  const attack = isMalicious ? ['--simulate-attack', mischief] : []
  const words = ['join', String(id), '--name', name, '--role', 'alliance', '--json']
  const host = ['--listen', listen, ...bootstrap, ...attack]
  const process = startCli([...words, ...own, ...terms, ...chain, ...host], directory)
  return { account: address, process, listensAt: `${listen}/p2p/${peerId}` }
}

async function accuracyOf(
  engine: Engine,
  of: { readonly plan: Plan; readonly daemons: readonly Daemon[]; readonly test: Dataset },
): Promise<number> {
  const { plan, daemons, test } = of
  const file = daemons.flatMap(({ process }) => linesOf(process).at(-1)?.model ?? []).at(0)
  const model = modelSpecOf(plan.manifest)
  const weights = decodeWeights(await readFile(String(file)), engine.weightSpecs(model))
  return engine.evaluate(model, weights, test).metrics.accuracy ?? 0
}
