import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { afterAll, beforeAll, expect } from 'vitest'
import { runCli } from '../../packages/node/test/unit/framework/run-cli.ts'
import { type Line, linesOf } from './lines-of.ts'
import { processesOf } from './processes-of.ts'
import { type RunningCli, startCli } from './start-cli.ts'
import { tinyTable } from './tiny-table.ts'

/** A local network: its chain and the signer of its beacon are processes, as its participants are to be. */
export type NetworkWorld = {
  readonly directory: string
  readonly rpc: string
  /** Starts a command as a process. */
  start(args: readonly string[], env?: Readonly<Record<string, string>>): RunningCli
  /** The data of a command that ends soon and has to succeed, run in this process. */
  dataOf(...args: readonly string[]): Promise<Line>
  /** The same on the chain. */
  onChain(...args: readonly string[]): Promise<Line>
  /** Starts a participant with rows of its own and approves the manifest; `others` are asked for more. */
  join(
    name: string,
    terms: {
      readonly what: string
      readonly role: string
      readonly stake: string
      readonly others: readonly string[]
    },
    env?: Readonly<Record<string, string>>,
  ): RunningCli
}

/** Who takes part besides the founder, and what `federation init` is told of their plan. */
export type NetworkCast = {
  readonly names: readonly string[]
  readonly plan: readonly string[]
}

/** One world for all tests of a file: participants with keys, money and rows, and a manifest in federation.yaml. */
export function useNetworkWorld({ names, plan }: NetworkCast): NetworkWorld {
  let directory = ''
  let rpc = ''
  let manifest = ''
  /** Where each listens, and the same with its peer id. */
  const places = new Map<string, { readonly listen: string; readonly address: string }>()

  beforeAll(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'fednode-network-'))
    const chain = world.start(['chain', 'local', '--network', '--port', '0', '--json'])
    await writeFile(path.join(directory, 'sample.csv'), tinyTable(200, 1))
    const init = ['federation', 'init', '--data', 'sample.csv', '--label', 'ill', '--own-scales']
    manifest = String((await world.dataOf(...init, ...plan)).cid)
    rpc = String((await lineOf(chain, 'ready')).rpc)
    for (const [index, name] of ['founder', ...names].entries()) {
      const { peerId } = await world.dataOf('init', '--dir', name)
      const listen = `/ip4/127.0.0.1/tcp/${await freePort()}`
      places.set(name, { listen, address: `${listen}/p2p/${peerId}` })
      await world.onChain('chain', 'fund', '--dir', name)
      await writeFile(path.join(directory, `${name}.csv`), tinyTable(150, index + 2))
    }
    world.start(['beacon', 'run', '--dir', 'founder', '--rpc', rpc, '--json'])
  })

  afterAll(async () => {
    for (const { pid } of await processesOf(directory)) process.kill(pid, 'SIGKILL')
    await rm(directory, { recursive: true, force: true })
  })

  const world: NetworkWorld = {
    get directory() {
      return directory
    },
    get rpc() {
      return rpc
    },
    start: (args, env = {}) => startCli(args, directory, env),
    async dataOf(...args) {
      const env = { FEDNODE_CACHE: path.join(directory, 'cache') }
      const run = await runCli([...args, '--json'], { io: { cwd: directory, env } })
      expect(run.code, `${args.join(' ')}: ${run.stderr}${run.stdout}`).toBe(0)
      return JSON.parse(run.stdout).data
    },
    onChain: (...args) => world.dataOf(...args, '--rpc', rpc),
    join(name, { what, role, stake, others }, env = {}) {
      const own = ['--data', `${name}.csv`, '--name', name, '--dir', name, '--accept', manifest]
      const terms = ['--role', role, '--manifest', 'federation.yaml', '--stake', stake]
      const known = others.filter((one) => one !== name).map((one) => places.get(one)?.address)
      const network = ['--listen', places.get(name)?.listen ?? '', '--bootstrap', known.join(',')]
      return world.start(['join', what, ...own, ...terms, ...network, '--rpc', rpc, '--json'], env)
    },
  }
  return world
}

/** The first line of a type; the test's own timeout is the limit. */
export async function lineOf(cli: RunningCli, type: string): Promise<Line> {
  for (;;) {
    const found = linesOf(cli).find((line) => line.type === type)
    if (found !== undefined) return found
    expect(cli.child.exitCode, cli.stderr()).toBeNull()
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const found = server.address()
  server.close()
  await once(server, 'close')
  return typeof found === 'object' && found !== null ? found.port : 0
}
