import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createCast } from '../../../packages/node/src/local/cast.ts'
import { createFederation } from '../../../packages/node/src/local/create-federation.ts'
import { startLocalChain } from '../../../packages/node/src/local/local-chain.ts'
import { createRunDirectory } from '../../../packages/node/src/local/run-directory.ts'
import type { ChainManifest } from '../../../packages/protocol/src/index.ts'
import { type CliProcess, createCliProcess } from './cli-process.ts'
import { type FaultChain, startFaultChain } from './fault-chain.ts'
import { freePort } from './free-port.ts'
import { type TinyTerms, tinyPlan } from './tiny-plan.ts'

/** A place in the network: where a process listens, and the words that start it there. */
export type Place = { readonly host: string; readonly prefix: readonly string[] }

const LOOPBACK: Place = { host: '127.0.0.1', prefix: [] }

/** A federation of processes that nobody has started yet; its chain runs. */
export type Federation = {
  readonly root: string
  readonly chain: FaultChain
  readonly scenario: `0x${string}`
  readonly manifest: ChainManifest
  readonly aggregator: CliProcess
  readonly silos: readonly CliProcess[]
  /** Aggregator first. */
  readonly processes: readonly CliProcess[]
  /** What a participant keeps of the federation, by the name of its process. */
  stateOf(name: string): string
  /** Ends everything and removes the directory. */
  remove(): Promise<void>
}

/**
 * Lays out a federation: chain, contracts, keys, data, and the command of each participant.
 * @param options - `place` says where in the network a process lives; the chain lives where `aggregator` does.
 */
export async function createFaultFederation(
  terms: TinyTerms,
  options: { readonly place?: (name: string) => Place } = {},
): Promise<Federation> {
  const { place = () => LOOPBACK } = options
  const root = await mkdtemp(path.join(tmpdir(), 'fednode-fault-'))
  const directory = await createRunDirectory({ cwd: root, out: path.join(root, 'run'), now: 0 })
  const plan = await tinyPlan(directory.data, terms)
  const chain = await startFaultChain({ directory: root, host: place('aggregator').host })
  const local = await startLocalChain(async () => chain)
  const cast = await createCast(plan, local, directory)
  const { scenario, manifestCid } = await createFederation(plan, local, cast)
  await mkdir(directory.logs, { recursive: true })
  const create = async (name: string, args: readonly string[]): Promise<CliProcess> => {
    const { host, prefix } = place(name)
    // The same port in every life: an administrator opens one.
    const listen = ['--listen', `/ip4/${host}/tcp/${await freePort()}`]
    return createCliProcess({
      name,
      args: [...args, '--rpc', chain.rpcUrl, ...listen, '--json', '--log-level', 'info'],
      cwd: directory.root,
      logFile: path.join(directory.logs, `${name}.log`),
      prefix,
    })
  }
  const aggregator = await create('aggregator', [
    ...['aggregator', 'run', '--dir', directory.aggregator, '--scenario', scenario],
    ...['--data', plan.validationFile],
  ])
  const silos: CliProcess[] = []
  for (const { name, file } of plan.silos) {
    const own = ['--dir', directory.siloOf(name), '--name', name, '--data', file]
    silos.push(await create(name, ['join', scenario, ...own, '--accept', manifestCid]))
  }
  const processes = [aggregator, ...silos]
  const homeOf = (name: string): string =>
    name === 'aggregator' ? directory.aggregator : directory.siloOf(name)
  return {
    root,
    chain,
    scenario,
    manifest: plan.manifest,
    aggregator,
    silos,
    processes,
    stateOf: (name) => path.join(homeOf(name), 'scenarios', scenario.toLowerCase()),
    async remove() {
      await Promise.all(processes.map((one) => one.stop()))
      await chain.stop()
      await rm(root, { recursive: true, force: true })
    },
  }
}
