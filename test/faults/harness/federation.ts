import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { register } from '../../../packages/contracts/src/index.ts'
import { loadPeerKey } from '../../../packages/node/src/identity/load-identity.ts'
import { type Cast, createCast } from '../../../packages/node/src/local/cast.ts'
import { createFederation } from '../../../packages/node/src/local/create-federation.ts'
import { startLocalChain } from '../../../packages/node/src/local/local-chain.ts'
import {
  createRunDirectory,
  type RunDirectory,
} from '../../../packages/node/src/local/run-directory.ts'
import {
  type ChainManifest,
  type PeerKey,
  type SiloName,
  signBinding,
} from '../../../packages/protocol/src/index.ts'
import { type CliProcess, createCliProcess } from './cli-process.ts'
import { type FaultChain, startFaultChain } from './fault-chain.ts'
import { FaultError } from './fault-error.ts'
import { freePort } from './free-port.ts'
import { type TinyTerms, tinyPlan } from './tiny-plan.ts'

/** A place in the network: where a process listens, and the words that start it there. */
export type Place = {
  readonly host: string
  readonly prefix: readonly string[]
  /** @default any that is free */
  readonly port?: number
  /** Multiaddr at which others reach it, when that is another one. */
  readonly announce?: string
  /** Multiaddr of the relay through which others reach it. */
  readonly relay?: string
}

const LOOPBACK: Place = { host: '127.0.0.1', prefix: [] }

/** What a test changes in how the processes are started. */
export type FederationOptions = {
  readonly flags?: readonly string[]
  readonly place?: (name: string) => Place
  readonly leading?: readonly string[]
}

/** A federation of processes that nobody has started yet; its chain runs. */
export type Federation = {
  readonly root: string
  readonly chain: FaultChain
  readonly scenario: `0x${string}`
  readonly manifest: ChainManifest
  /** The key of a silo's peer. */
  keyOf(name: string): Promise<PeerKey>
  readonly aggregator: CliProcess
  readonly silos: readonly CliProcess[]
  /** Aggregator first. */
  readonly processes: readonly CliProcess[]
  processOf(name: string): CliProcess
  /** What a participant keeps of the federation, by the name of its process. */
  stateOf(name: string): string
  /** Does something more at the removal, before the directory goes. */
  atRemoval(undo: () => void): void
  /** Ends everything and removes the directory. */
  remove(): Promise<void>
}

/**
 * Lays out a federation: chain, contracts, keys, data, and the command of each participant.
 * @param options - `place` says where in the network a process, or the `chain`, lives; `leading`: more words of the aggregator's command;
 * `flags`: of Node.js, for every process.
 */
export async function createFaultFederation(
  terms: TinyTerms,
  options: FederationOptions = {},
): Promise<Federation> {
  const { place = () => LOOPBACK, leading = [], flags = [] } = options
  const root = await mkdtemp(path.join(tmpdir(), 'fednode-fault-'))
  const directory = await createRunDirectory({ cwd: root, out: path.join(root, 'run'), now: 0 })
  const plan = await tinyPlan(directory.data, terms)
  const chain = await startFaultChain({ directory: root, host: place('chain').host })
  const local = await startLocalChain(async () => chain)
  const cast = await createCast(plan, local, directory)
  const { scenario, manifestCid } = await createFederation(plan, local, cast)
  await mkdir(directory.logs, { recursive: true })
  const create = async (name: string, args: readonly string[]): Promise<CliProcess> => {
    const { host, prefix, port = await freePort(), announce, relay } = place(name)
    // The same port in every life: an administrator opens one.
    const own = ['--listen', `/ip4/${host}/tcp/${port}`]
    const listen = [
      ...own,
      ...(announce === undefined ? [] : ['--announce', announce]),
      ...(relay === undefined ? [] : ['--relay', relay]),
    ]
    return createCliProcess({
      name,
      args: [...args, '--rpc', chain.rpcUrl, ...listen, '--json', '--log-level', 'info'],
      cwd: directory.root,
      logFile: path.join(directory.logs, `${name}.log`),
      prefix,
      flags,
    })
  }
  const aggregator = await create('aggregator', [
    ...['aggregator', 'run', '--dir', directory.aggregator, '--scenario', scenario],
    ...['--data', plan.validationFile, ...leading],
  ])
  const silos: CliProcess[] = []
  const absent = plan.silos.slice(plan.silos.length - (terms.absent ?? 0))
  for (const { name } of absent) await registerAbsent({ name, scenario, cast, directory })
  for (const { name, file } of plan.silos.filter((silo) => !absent.includes(silo))) {
    const own = ['--dir', directory.siloOf(name), '--name', name, '--data', file]
    silos.push(await create(name, ['join', scenario, ...own, '--accept', manifestCid]))
  }
  const processes = [aggregator, ...silos]
  const undos: (() => void)[] = []
  const homeOf = (name: string): string =>
    name === 'aggregator' ? directory.aggregator : directory.siloOf(name)
  return {
    root,
    chain,
    scenario,
    manifest: plan.manifest,
    keyOf: (name) => loadPeerKey(directory.siloOf(name)),
    aggregator,
    silos,
    processes,
    processOf(name) {
      const found = processes.find((one) => one.name === name)
      if (found !== undefined) return found
      throw new FaultError(`there is no process ${name}`, { code: 'WRONG_OUTCOME' })
    },
    stateOf: (name) => path.join(homeOf(name), 'scenarios', scenario.toLowerCase()),
    atRemoval: (undo) => void undos.push(undo),
    async remove() {
      await Promise.all(processes.map((one) => one.stop()))
      await chain.stop()
      for (const undo of undos.reverse()) undo()
      await rm(root, { recursive: true, force: true })
    },
  }
}

/** A member on chain; who speaks for it is for the test to say. */
async function registerAbsent(options: {
  readonly name: SiloName
  readonly scenario: `0x${string}`
  readonly cast: Cast
  readonly directory: RunDirectory
}): Promise<void> {
  const { name, scenario, cast, directory } = options
  const account = cast.silos.get(name)
  if (account === undefined)
    throw new FaultError(`no account of ${name}`, { code: 'WRONG_OUTCOME' })
  const peerKey = await loadPeerKey(directory.siloOf(name))
  const { chainId, address } = account
  const binding = signBinding({ chainId, scenario, account: address, peerKey })
  const key = `0x${Buffer.from(peerKey.publicKey).toString('hex')}` as const
  await register(account, { scenario, name, peerKey: key, binding })
}
