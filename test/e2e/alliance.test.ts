import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Line, linesOf } from './lines-of.ts'
import { processesOf } from './processes-of.ts'
import { type RunningCli, startCli } from './start-cli.ts'
import { tinyTable } from './tiny-table.ts'

const NODES = ['north', 'south', 'east', 'west']
const ROUNDS = 2
const MIN_STAKE = '3000'
/** More: whoever is with the minority once stays. */
const STAKE = '4000'
/** Long: nobody waits for it but in a round in which a node is gone. */
const WINDOW = '120'
/** Each node is killed when its first vote is on its disk, and nothing of it on the chain. */
const KILL = { FEDNODE_DEBUG_FAULTS: 'kill@alliance.vote-journaled:1' }

describe('an alliance of four nodes on a local network', () => {
  let directory: string
  let rpc: string
  let manifest: string
  /** Where each node listens, and the same with its peer id. */
  const places = new Map<string, { readonly listen: string; readonly address: string }>()

  const start = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
    startCli(args, directory, env)

  /** The data of a command that has to succeed. */
  const dataOf = async (...args: string[]): Promise<Line> => {
    const cli = start([...args, '--json'])
    const code = await cli.code
    expect(code, `${args.join(' ')}: ${cli.stderr()}${cli.stdout()}`).toBe(0)
    return JSON.parse(cli.stdout()).data
  }

  const onChain = (...args: string[]) => dataOf(...args, '--rpc', rpc)

  beforeAll(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'fednode-alliance-'))
    const chain = start(['chain', 'local', '--network', '--port', '0', '--json'])
    rpc = String((await lineOf(chain, 'ready')).rpc)
    await writeFile(path.join(directory, 'sample.csv'), tinyTable(200, 1))
    const plan = ['--data', 'sample.csv', '--label', 'ill', '--strategy', 'median', '--own-scales']
    manifest = String((await dataOf('federation', 'init', ...plan)).cid)
    for (const [index, name] of ['founder', ...NODES].entries()) {
      const { peerId } = await dataOf('init', '--dir', name)
      const listen = `/ip4/127.0.0.1/tcp/${await freePort()}`
      places.set(name, { listen, address: `${listen}/p2p/${peerId}` })
      await onChain('chain', 'fund', '--dir', name)
      await writeFile(path.join(directory, `${name}.csv`), tinyTable(150, index + 2))
    }
    start(['beacon', 'run', '--dir', 'founder', '--rpc', rpc, '--json'])
  })

  afterAll(async () => {
    for (const { pid } of await processesOf(directory)) process.kill(pid, 'SIGKILL')
    await rm(directory, { recursive: true, force: true })
  })

  const join = (name: string, env = {}): RunningCli => {
    const own = ['--data', `${name}.csv`, '--name', name, '--dir', name, '--accept', manifest]
    const terms = ['--role', 'alliance', '--manifest', 'federation.yaml', '--stake', STAKE]
    const others = NODES.filter((one) => one !== name).map((one) => places.get(one)?.address)
    const network = ['--listen', places.get(name)?.listen ?? '', '--bootstrap', others.join(',')]
    return start(['join', '1', ...own, ...terms, ...network, '--rpc', rpc, '--json'], env)
  }

  it('is founded, trains two rounds, and loses no vote when voters are killed with a vote on their disk (T44)', async () => {
    const windows = ['contribute', 'commit', 'reveal'].flatMap((one) => [
      `--${one}-seconds`,
      WINDOW,
    ])
    const drawn = ['--proposers', '2', '--voters', '2', '--min-participants', '4']
    const terms = ['--rounds', String(ROUNDS), '--pool', '2000', '--min-stake', MIN_STAKE]
    const founding = ['alliance', 'create', 'federation.yaml', ...terms, ...windows, ...drawn]
    expect(await onChain(...founding, '--dir', 'founder', '--yes')).toMatchObject({ id: '1' })

    let killed = 0
    const lives = await Promise.all(
      NODES.map(async (name) => {
        const cli = join(name, KILL)
        const code = await cli.code
        if (code !== null) return [cli]
        killed += 1
        const again = join(name)
        expect(await again.code, again.stderr()).toBe(0)
        return [cli, again]
      }),
    )
    expect(killed).toBeGreaterThanOrEqual(2)
    for (const life of lives) {
      const said = life.flatMap(linesOf)
      expect(said.at(-1)).toMatchObject({ type: 'finished', model: expect.any(String) })
    }

    const { rounds } = await onChain('alliance', 'rounds', '1')
    expect(rounds).toHaveLength(ROUNDS)
    for (const round of rounds as Round[]) {
      expect(round.proposers.every(({ contribution }) => contribution !== undefined)).toBe(true)
      expect(round.voters.map(({ ballot }) => ballot?.digest)).toEqual([round.digest, round.digest])
    }
    expect((rounds as Round[])[0]?.verdict).toBe('accepted')
    const { phase, participants } = await onChain('alliance', 'status', '1')
    expect(phase).toBe('finished')
    // Nobody was penalised, and all were paid into their stakes.
    const stakes = (participants as { readonly stake: string }[]).map(({ stake }) => BigInt(stake))
    expect(stakes.every((stake) => stake >= BigInt(MIN_STAKE) * 10n ** 18n)).toBe(true)
  })
})

type Round = {
  readonly verdict: string
  readonly digest: string
  readonly proposers: readonly { readonly contribution?: string }[]
  readonly voters: readonly { readonly ballot?: { readonly digest: string } }[]
}

/** The first line of a type; the test's own timeout is the limit. */
async function lineOf(cli: RunningCli, type: string): Promise<Line> {
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
