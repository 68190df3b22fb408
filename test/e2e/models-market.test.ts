import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sampleEvidence } from '../../packages/aggregator/test/support/sample-evidence.ts'
import { createEngine } from '../../packages/engine/src/index.ts'
import {
  decodeManifest,
  encodeSafetensors,
  encodeWeights,
  formatManifestYaml,
  modelSpecOf,
} from '../../packages/protocol/src/index.ts'
import { addressOf, linesOf } from './lines-of.ts'
import { type RunningCli, startCli } from './start-cli.ts'

const ROWS = 6
const PRICE = 10n ** 16n
const BPS = 10_000n
const DAO_BPS = 500n

let directory: string
let chain: RunningCli
let rpc: string
const running: RunningCli[] = []

/** Everything on the local chain, whose network `fednode chain local --network` deploys. */
function start(args: readonly string[]): RunningCli {
  const cli = startCli(args, directory, { FEDNODE_RPC: rpc ?? '' })
  running.push(cli)
  return cli
}

async function run(
  ...args: readonly string[]
): Promise<{ code: number | null; data: Data; stderr: string }> {
  const cli = start([...args, '--json'])
  const code = await cli.code
  const [line] = linesOf(cli)
  return { code, data: (line?.data ?? line?.error) as Data, stderr: cli.stderr() }
}
type Data = Readonly<Record<string, unknown>>

async function json(...args: readonly string[]): Promise<Data> {
  const { code, data, stderr } = await run(...args)
  expect({ code, stderr }).toMatchObject({ code: 0 })
  return data
}

/** A tiny model, its manifest, and rows for it. */
async function writeModel(): Promise<void> {
  const { manifestBytes } = await sampleEvidence(2, (coalition) => Number(coalition) * 1e11)
  const manifest = decodeManifest(manifestBytes)
  const engine = await createEngine({ backend: 'cpu' })
  const weights = engine.initialWeights(modelSpecOf(manifest), 1)
  engine.dispose()
  writeFileSync(path.join(directory, 'm.safetensors'), encodeWeights(weights))
  writeFileSync(path.join(directory, 'federation.yaml'), formatManifestYaml(manifest))
  const bytes = Uint8Array.from({ length: ROWS * 2 }, (_, index) => (index * 37) % 256)
  const features = { name: 'features', dtype: 'U8', shape: [ROWS, 2], bytes } as const
  writeFileSync(path.join(directory, 'rows.safetensors'), encodeSafetensors([features]))
}

beforeAll(async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'fednode-models-'))
  await writeModel()
  chain = start(['chain', 'local', '--network', '--port', '0', '--json'])
  while (linesOf(chain).length === 0) {
    expect(chain.child.exitCode, chain.stderr()).toBeNull()
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  rpc = String(linesOf(chain)[0]?.rpc)
  await Promise.all(['owner', 'buyer'].map((who) => json('init', '--dir', who)))
  for (const who of ['owner', 'buyer']) await json('chain', 'fund', '--dir', who, '--tokens', '100')
})

afterAll(async () => {
  for (const { child } of running) if (child.exitCode === null) child.kill('SIGKILL')
  await Promise.all(running.map(({ code }) => code))
  rmSync(directory, { recursive: true, force: true })
})

const MODEL = ['--model', 'm.safetensors', '--manifest', 'federation.yaml']
const OWNER = ['--dir', 'owner', '--yes']
const BUYER = ['--dir', 'buyer', '--yes']

test('a provider that is killed loses nothing it sold, redeems once, and money adds up to the wei', async () => {
  const published = await json('models', 'publish', '--price', '0.01', ...MODEL, ...OWNER)
  const listing = String(published.listing)
  await json('models', 'buy', '10', ...BUYER)
  const serve = ['models', 'serve', listing, ...MODEL, '--dir', 'owner', '--json']
  const provider = start(serve)
  const use = (at: string, out: string, ...more: readonly string[]) => {
    const data = ['--data', 'rows.safetensors', '--out', out, '--batch', '2']
    return run('models', 'use', listing, '--provider', at, ...data, ...BUYER, ...more)
  }
  const address = await addressOf(provider)
  expect(await use(address, 'dear.csv', '--max', '0.05')).toMatchObject({
    code: 3,
    data: { code: 'TOO_DEAR' },
  })
  const looked = await use(address, 'looked.csv', '--max', '0.06', '--dry-run')
  expect(looked.data).toMatchObject({ rows: ROWS, cost: String(PRICE * BigInt(ROWS)) })
  expect(existsSync(path.join(directory, 'looked.csv'))).toBe(false)
  expect(linesOf(provider).filter(({ type }) => type === 'sold')).toHaveLength(0)
  expect((await use(address, 'bought.csv', '--max', '0.06')).data).toMatchObject({
    rows: ROWS,
    paid: String(PRICE * BigInt(ROWS)),
  })
  const local = ['--data', 'rows.safetensors', '--out', 'own.csv']
  await json('model', 'predict', ...MODEL, ...local)
  const [bought, own] = ['bought.csv', 'own.csv'].map((name) =>
    readFileSync(path.join(directory, name), 'utf8'),
  )
  expect(bought).toBe(own)
  expect(linesOf(provider).filter(({ type }) => type === 'sold')).toHaveLength(3)

  provider.child.kill('SIGKILL')
  await provider.code
  const gone = await use(address, 'gone.csv', '--max', '1')
  expect(gone).toMatchObject({ code: 4, data: { code: 'UNREACHABLE' } })

  const again = start(serve)
  const second = await use(await addressOf(again), 'second.csv', '--max', '1')
  expect(second.data).toMatchObject({ rows: ROWS })
  const revenue = 2n * PRICE * BigInt(ROWS)
  const received = revenue - (revenue * DAO_BPS) / BPS
  const vouchers = [{ uses: 2 * ROWS, paid: String(revenue) }]
  expect(await json('models', 'redeem', ...OWNER)).toMatchObject({
    redeemed: String(revenue),
    received: String(received),
    vouchers,
  })
  expect(await json('models', 'redeem', ...OWNER)).toMatchObject({ redeemed: '0', received: '0' })
  const { balance } = await json('models', 'buy', '1', ...BUYER, '--dry-run')
  expect(balance).toBe(String(10n * 10n ** 18n - revenue))

  expect(await json('models', 'rate', listing, '5', ...BUYER)).toMatchObject({
    paid: String(revenue),
  })
  expect(await run('models', 'rate', listing, '5', ...BUYER)).toMatchObject({
    code: 2,
    data: { code: 'ALREADY_RATED' },
  })
  const { listings } = await json('models', 'list')
  expect(listings).toMatchObject([{ accrued: '0', feedback: { ratings: '1', mean: 5 } }])
})
