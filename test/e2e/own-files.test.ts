import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { processesOf } from './processes-of.ts'
import { startCli } from './start-cli.ts'
import { tinyTable } from './tiny-table.ts'

const ROUNDS = 2
const SEED = /^seed: \d+/m
const SILOS = ['north', 'south']

describe('fednode up with one’s own tables', () => {
  let directory: string

  const fednode = async (
    ...args: string[]
  ): Promise<{ code: number | null; stdout: string; stderr: string }> => {
    const cli = startCli(args, directory)
    const code = await cli.code
    return { code, stdout: cli.stdout(), stderr: cli.stderr() }
  }

  const up = (...flags: string[]) =>
    fednode(
      'up',
      'federation.yaml',
      '--validation',
      'held-out.csv',
      '--rounds',
      String(ROUNDS),
      ...flags,
    )

  beforeAll(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'fednode-own-'))
    await writeFile(path.join(directory, 'held-out.csv'), tinyTable(200, 1))
    for (const [index, name] of SILOS.entries()) {
      await writeFile(path.join(directory, `${name}.csv`), tinyTable(150, index + 2))
    }
    const made = await fednode(
      'federation',
      'init',
      '--data',
      'held-out.csv',
      '--label',
      'ill',
      '--market',
      '500',
    )
    expect(made.code, made.stderr).toBe(0)
    // `federation init` draws a seed; here every run is to be the same.
    const file = path.join(directory, 'federation.yaml')
    const yaml = await readFile(file, 'utf8')
    expect(yaml).toMatch(SEED)
    await writeFile(file, yaml.replace(SEED, 'seed: 7'))
  })

  afterAll(async () => {
    for (const { pid } of await processesOf(directory)) process.kill(pid, 'SIGKILL')
    await rm(directory, { recursive: true, force: true })
  })

  it('trains and pays on them', async () => {
    const data = SILOS.flatMap((name) => ['--data', `${name}=${name}.csv`])
    const { code, stdout, stderr } = await up(...data, '--json', '--out', 'run')
    expect(code, stderr).toBe(0)
    const document = JSON.parse(stdout)
    expect(document.data.silos.map(({ name }: { name: string }) => name)).toEqual(SILOS)
    expect(document.data.rounds).toHaveLength(ROUNDS)
    expect(document.data.rounds.at(-1).accuracy).toBeGreaterThan(0.8)
    const [deposited, claimed, claimable, carried, returned] = [
      'deposited',
      'claimed',
      'claimable',
      'carried',
      'returned',
    ].map((key) => BigInt(document.data[key]))
    expect(deposited).toBe((claimed ?? 0n) + (claimable ?? 0n) + (carried ?? 0n) + (returned ?? 0n))
    expect(await readFile(path.join(directory, 'run', 'report.html'), 'utf8')).toContain(
      'predict ill',
    )
    expect(await processesOf(directory)).toEqual([])
  })

  it('shows afterwards what each silo contributed', async () => {
    const { code, stdout, stderr } = await fednode(
      'contrib',
      'show',
      '--dir',
      'run/aggregator',
      '--json',
    )
    expect(code, stderr).toBe(0)
    expect(stdout).toContain('north')
  })

  it('takes the model along, predicts with it and describes it', async () => {
    const model = async (...args: string[]) => {
      const { code, stdout, stderr } = await fednode('model', ...args, '--json')
      expect(code, stderr).toBe(0)
      return JSON.parse(stdout).data
    }
    const run = ['--dir', 'run/aggregator']
    const exported = await model('export', ...run, '--format', 'onnx', '--out', 'model.onnx')
    const { measured, predicted } = await model(
      ...['predict', ...run, '--data', 'held-out.csv', '--out', 'predictions.parquet'],
    )
    expect(predicted).toBe(200)
    expect(measured.metrics.accuracy).toBeGreaterThan(0.7)
    const { card } = await model('card', ...run)
    expect(card).toContain(exported.model)
    expect(card).toMatch(/^\| north \| 2 \| 150 \| /m)
  })

  it('ends with the words and the exit code of a silo whose table is wrong', async () => {
    const rows = (await readFile(path.join(directory, 'south.csv'), 'utf8')).split('\n')
    rows[5] = 'n/a,3.1,yes'
    await writeFile(path.join(directory, 'bad.csv'), rows.join('\n'))
    const { code, stdout, stderr } = await up(
      '--data',
      'north=north.csv',
      '--data',
      'south=bad.csv',
      '--json',
    )
    expect(code).toBe(6)
    expect(JSON.parse(stdout)).toMatchObject({
      status: 'error',
      error: { message: expect.stringMatching(/^south: bad\.csv: column "age" row 5: "n\/a"/) },
    })
    expect(stderr).toContain('[exit 6]')
    expect(await processesOf(directory)).toEqual([])
  })

  it('refuses a wrong command line before anything is started', async () => {
    const { code, stderr } = await up('--data', 'north=north.csv', '--data', 'south=gone.csv')
    expect(code).toBe(2)
    expect(stderr).toContain('gone.csv: cannot read the data of south (ENOENT)')
  })
})
