import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addressOf, type Line, linesOf } from './lines-of.ts'
import { processesOf } from './processes-of.ts'
import { type RunningCli, startCli } from './start-cli.ts'
import { tinyTable } from './tiny-table.ts'

const SILOS = ['north', 'south']
const ROUNDS = 2

describe('a federation without a chain', () => {
  let directory: string
  let cid: string

  const fednode = async (...args: string[]) => {
    const cli = startCli(args, directory)
    const code = await cli.code
    return { code, stdout: cli.stdout(), stderr: cli.stderr() }
  }

  /** The data of a command that has to succeed. */
  const dataOf = async (...args: string[]): Promise<Line> => {
    const { code, stdout, stderr } = await fednode(...args, '--json')
    expect(code, `${args.join(' ')}: ${stderr}${stdout}`).toBe(0)
    return JSON.parse(stdout).data
  }

  beforeAll(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'fednode-no-chain-'))
    await writeFile(path.join(directory, 'held-out.csv'), tinyTable(200, 1))
    const peers: string[] = []
    for (const [index, name] of ['operator', ...SILOS].entries()) {
      await writeFile(path.join(directory, `${name}.csv`), tinyTable(150, index + 2))
      peers.push(String((await dataOf('init', '--dir', name)).peerId))
    }
    const [operator = '', ...silos] = peers
    const members = SILOS.flatMap((name, index) => ['--member', `${name}=${silos[index]}`])
    const table = ['--data', 'held-out.csv', '--label', 'ill', '--rounds', String(ROUNDS)]
    const listed = ['--no-chain', '--aggregator', operator, ...members]
    cid = String((await dataOf('federation', 'init', ...table, ...listed)).cid)
  })

  afterAll(async () => {
    for (const { pid } of await processesOf(directory)) process.kill(pid, 'SIGKILL')
    await rm(directory, { recursive: true, force: true })
  })

  const join = (name: string, address?: string, what = 'federation.yaml'): RunningCli => {
    const own = ['--data', `${name}.csv`, '--name', name, '--dir', name, '--accept', cid]
    const known = address === undefined ? [] : ['--bootstrap', address]
    return startCli(['join', what, ...own, ...known, '--json'], directory)
  }

  it('trains, values and ends without chain, account or RPC', async () => {
    const run = ['aggregator', 'run', 'federation.yaml', '--data', 'held-out.csv']
    const aggregator = startCli([...run, '--dir', 'operator', '--json'], directory)
    const address = await addressOf(aggregator)
    // The last has no manifest, and gets it from the aggregator.
    const create = ['invite', 'create', 'federation.yaml', '--dir', 'operator', '--expires', '12h']
    const { invite } = await dataOf(...create, '--address', address)
    const silos = SILOS.map((name, index) =>
      index === 0 ? join(name, address) : join(name, undefined, String(invite)),
    )
    for (const one of [aggregator, ...silos]) expect(await one.code, one.stderr()).toBe(0)
    const closed = linesOf(aggregator).filter(({ type }) => type === 'round-closed')
    expect(closed).toHaveLength(ROUNDS)
    for (const silo of silos) {
      expect(linesOf(silo).at(-1)).toMatchObject({ type: 'finished', model: expect.any(String) })
    }
    expect(await processesOf(directory)).toEqual([])
  })

  it('shows and verifies from each side what silos contributed', async () => {
    for (const dir of ['operator', 'north']) {
      expect((await dataOf('run', 'show', '--dir', dir)).rounds).toHaveLength(ROUNDS)
      const shown = await dataOf('contrib', 'show', '--dir', dir)
      expect(JSON.stringify(shown)).toMatch(/"shapley":-?\d/)
    }
    const held = ['--data', 'held-out.csv']
    const verified = await dataOf('contrib', 'verify', '--dir', 'operator', ...held)
    expect(verified).toMatchObject({ passed: true, recomputed: true })
    expect(await dataOf('contrib', 'verify', '--dir', 'south')).toMatchObject({ passed: true })
  })

  it('gives each side the same model to take along', async () => {
    const models = []
    for (const dir of ['operator', 'north'])
      models.push(await dataOf('model', 'export', '--dir', dir, '--out', `${dir}.safetensors`))
    expect(models[0]).toMatchObject({ manifest: cid, round: ROUNDS })
    expect(models[1]).toMatchObject({ model: models[0]?.model, round: ROUNDS })
    const [one, other] = ['operator', 'north'].map((dir) =>
      readFile(path.join(directory, `${dir}.safetensors`)),
    )
    expect(await other).toEqual(await one)
  })

  it('is started again when all is done, and says so', async () => {
    const again = join('north')
    expect(await again.code, again.stderr()).toBe(0)
    expect(linesOf(again)).toMatchObject([{ type: 'finished' }])
  })

  it('runs on one machine with up, whose members are its own: the same model, no money, rows in files', async () => {
    const data = SILOS.flatMap((name) => ['--data', `${name}=${name}.csv`])
    const held = ['--validation', 'held-out.csv', '--rounds', '1', '--out', 'run']
    // A silo has 1,200 bytes of features.
    const limit = ['--memory-limit', '1KiB']
    const up = await dataOf('up', 'federation.yaml', ...data, ...held, ...limit)
    expect(up).toMatchObject({ rounds: [{ round: 1 }], report: null })
    expect(JSON.stringify(up)).not.toContain('deposited')
    expect(await processesOf(directory)).toEqual([])
    const models = ['operator', 'run/aggregator'].map(async (dir, index) => {
      const out = ['--round', '1', '--out', `round-${index}.safetensors`]
      return (await dataOf('model', 'export', '--dir', dir, ...out)).model
    })
    expect(await models[1]).toBe(await models[0])
  })

  it('refuses who is not listed, and money', async () => {
    const own = ['--data', 'north.csv', '--name', 'north', '--dir', 'operator', '--accept', cid]
    const stranger = await fednode('join', 'federation.yaml', ...own)
    expect(stranger.code).toBe(3)
    expect(stranger.stderr).toContain('does not name this peer')
    const yaml = await readFile(path.join(directory, 'federation.yaml'), 'utf8')
    await writeFile(path.join(directory, 'paid.yaml'), `${yaml}\nreward:\n  perRound: "1"\n`)
    const paid = await fednode('federation', 'show', 'paid.yaml')
    expect(paid.code).toBe(2)
    expect(paid.stderr).toContain('a federation with chain: none has members and no money')
    const created = await fednode('federation', 'create', 'federation.yaml', '--dir', 'operator')
    expect(created.stderr).toContain('this federation has no chain')
  })
})
