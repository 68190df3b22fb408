import { readFileSync, statSync } from 'node:fs'
import { PassThrough } from 'node:stream'
import { advanceTime, ONE_TOKEN, readBlockTime } from '@fednode/contracts'
import { beforeAll, expect, test } from 'vitest'
import { expectRefusal } from './expect-refusal.ts'
import { useLocalWorld } from './local-world.ts'
import { accountOf, marketScenario, tracesOf, unopenedScenario } from './market-scenario.ts'

const world = useLocalWorld()
/** Of nobody here; its checksum is right. */
const SOMEBODY = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8'
let scenario: `0x${string}`

type Silo = { readonly silo: string; readonly points: readonly Record<string, string>[] }

beforeAll(async () => {
  for (const name of ['a', 'b', 'investor']) await world.participant(name)
  scenario = await marketScenario(world, ['a', 'b'])
})

async function historyOf(...more: readonly string[]): Promise<readonly Silo[]> {
  const { silos } = await world.json(['market', 'history', scenario, ...more])
  return silos as readonly Silo[]
}

async function priceOf(silo: string): Promise<string | undefined> {
  const { tokens } = await world.json(['market', 'price', scenario])
  return (tokens as readonly { silo: string; price: string }[]).find((one) => one.silo === silo)
    ?.price
}

test('the history of prices ends with the present ones and marks every trade', async () => {
  const before = await historyOf()
  await world.json(['market', 'buy', scenario, 'a', '50', '--dir', 'investor', '--yes'])
  const b = await accountOf(world, 'b')
  await advanceTime(b, (await readBlockTime(b)) + 3_600n)
  await world.json(['market', 'sell', scenario, 'b', '1000', '--dir', 'b', '--yes'])
  const after = await historyOf()
  for (const [at, { silo, points }] of after.entries()) {
    expect(points.at(-1)?.price).toBe(await priceOf(silo))
    // What was there stays, whether it comes from the chain or from the index that is kept.
    expect(points.slice(0, before[at]?.points.length)).toEqual(before[at]?.points)
  }
  const trades = after.map(({ silo, points }) => [
    silo,
    ...points
      .filter(({ kind, tokenIn }) => kind === 'swap' && tokenIn !== '0')
      .map((one) => one.tokenIn),
  ])
  expect(trades).toEqual([
    ['a', expect.stringMatching(/^-\d{20,}$/)],
    ['b', String(1_000n * ONE_TOKEN)],
  ])
})

test('T42: the index is kept where only its owner reads it', async () => {
  await historyOf()
  const file = world.path(`cache/markets/31337-${scenario.toLowerCase()}-0.sqlite`)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(statSync(world.path('cache/markets')).mode & 0o777).toBe(0o700)
})

test('a history is shown as a table, as a drawing, and as an SVG; of one silo and of late when asked', async () => {
  const table = await world.run(['market', 'history', scenario])
  expect(table.stdout).toMatch(/a +opened +150,000\.00 +5,000\.00 +0\.016667/)
  const argv = ['market', 'history', scenario, '--chart', '--svg', 'prices.svg', '--silo', 'b']
  const { stdout } = await world.run(argv, { io: { columns: 60 } })
  expect(stdout).toContain(`Chart: ${world.path('prices.svg')}`)
  expect(stdout).toMatch(/^b {2}0\.\d+ CUR {2}[-+]?\d/)
  expect(stdout).not.toMatch(/^a /m)
  for (const line of stdout.split('\n').slice(0, 10)) expect(line.length).toBeLessThanOrEqual(60)
  expect(readFileSync(world.path('prices.svg'), 'utf8')).toMatch(/^<svg[\s\S]*<\/svg>$/)
  // An hour passed between the purchase and the sale.
  const [late] = await historyOf('--since', '30m')
  expect(late?.points.map(({ tokenIn }) => tokenIn)).toEqual(['0'])
})

test('a history of an unknown silo, of a wrong moment and of a market that is not there is refused', async () => {
  const history = ['market', 'history', scenario]
  await expectRefusal(world, [...history, '--silo', 'nobody'], {
    exit: 2,
    code: 'UNKNOWN_SILO',
    says: 'There are: a, b',
  })
  await expectRefusal(world, [...history, '--since', 'yesterday'], {
    exit: 2,
    code: 'BAD_OPTION',
    says: '--since: got "yesterday"',
  })
  await expectRefusal(world, [...history, '--since', '2100-01-01'], {
    exit: 2,
    code: 'BAD_OPTION',
    says: "--since lies after the chain's head",
  })
  await expectRefusal(world, [...history, '--svg', 'none/prices.svg'], {
    exit: 2,
    code: 'ENOENT',
    says: 'none/prices.svg: there is no such file or folder',
  })
  await expectRefusal(world, [...history, '--from-block', '100000'], {
    exit: 2,
    code: 'BAD_OPTION',
    says: 'block 100000 comes after the token of a was brought to the market',
  })
  const [first] = await historyOf()
  await expectRefusal(world, [...history, '--from-block', String(first?.points[0]?.block)], {
    exit: 5,
    code: 'EVENTS_INCONSISTENT',
    says: 'name a block at or before the creation',
  })
  await expectRefusal(world, ['market', 'history', SOMEBODY], {
    exit: 5,
    code: 'NO_CONTRACT',
    says: 'there is no contract at',
  })
})

test('liquidity in one token: quoted, tried, done at no less than the minimum, and taken out again', async () => {
  const quote = await world.json(['market', 'quote', scenario, 'add', 'CUR', '100'])
  const add = ['market', 'add-liquidity', scenario, '100', '--token', 'CUR', '--dir', 'investor']
  const before = await tracesOf(world, scenario, 'investor')
  const dry = await world.json([...add, '--dry-run'])
  expect(dry).toMatchObject({ ...quote, dryRun: true })
  expect(await tracesOf(world, scenario, 'investor')).toEqual(before)
  const added = await world.json([...add, '--yes'])
  expect(added.lpShares).toBe(quote.lpShares)
  expect(BigInt(String(added.lpShares))).toBeGreaterThan(BigInt(String(quote.minShares)))
  const remove = ['market', 'remove-liquidity', scenario, '50', '--dir', 'investor', '--yes']
  const removed = await world.json([...remove, '--token', 'a'])
  expect(removed).toMatchObject({
    direction: 'remove',
    name: 'a',
    lpShares: String(50n * ONE_TOKEN),
  })
  expect(BigInt(String(removed.amount))).toBeGreaterThan(0n)
})

test('who has not what a trade or a join takes is told by name', async () => {
  const sell = ['market', 'sell', scenario, 'b', '20000', '--dir', 'investor', '--yes']
  await expectRefusal(world, sell, {
    exit: 2,
    code: 'INSUFFICIENT_BALANCE',
    says: 'of token b, not 20000',
  })
  const join = ['market', 'add-liquidity', scenario, '5', '--dir', 'b', '--yes']
  await expectRefusal(world, join, {
    exit: 2,
    code: 'INSUFFICIENT_BALANCE',
    says: 'owns 0 of token a',
  })
})

test('T57: above 5 % of price impact there is a warning before anybody is asked, below there is none', async () => {
  const add = ['market', 'add-liquidity', scenario, '--token', 'CUR', '--dir', 'investor']
  const asked = await world.run([...add, '1400'])
  expect(asked.code).toBe(3)
  expect(asked.stderr).toMatch(
    /you receive .* pool shares, at least .*\n {2}price impact .*\n {2}Beware: that is more than 5 %/,
  )
  expect((await world.run([...add, '50'])).stderr).not.toContain('Beware')
  const buy = ['market', 'buy', scenario, 'a', '--dir', 'investor']
  expect((await world.run([...buy, '1000'])).stderr).toContain('Beware')
  expect((await world.run([...buy, '20'])).stderr).not.toContain('Beware')
})

test.each([
  ['buy', ['buy', 'a', '10'], 'OUT_BELOW_MIN'],
  ['add-liquidity in one token', ['add-liquidity', '100', '--token', 'CUR'], 'OUT_BELOW_MIN'],
  ['remove-liquidity in one token', ['remove-liquidity', '10', '--token', 'a'], 'OUT_BELOW_MIN'],
  ['add-liquidity', ['add-liquidity', '10'], 'IN_ABOVE_MAX'],
  ['remove-liquidity', ['remove-liquidity', '10'], 'OUT_BELOW_MIN'],
])('T57: %s does nothing when others move the price while one is asked', async (_, words, code) => {
  const [name = '', ...rest] = words
  const argv = [
    'market',
    name,
    scenario,
    ...rest,
    '--dir',
    'operator',
    '--tolerance',
    '10',
    '--json',
  ]
  const before = await tracesOf(world, scenario, 'operator')
  const stdin = new PassThrough()
  let shown = ''
  const write = (text: string): void => {
    shown += text
  }
  const isTty = { stdin: true, stdout: true, stderr: true }
  const running = world.run(argv, { io: { stdin, isTty, stderr: { write } } })
  while (!shown.includes('[y/N]')) await new Promise(setImmediate)
  await world.json(['market', 'buy', scenario, 'a', '300', '--dir', 'b', '--yes'])
  stdin.write('y\n')
  const { stdout } = await running
  expect(JSON.parse(stdout).error.code).toBe(code)
  expect(await tracesOf(world, scenario, 'operator')).toMatchObject({
    portfolio: (before as { readonly portfolio: object }).portfolio,
  })
})

test('a trade is in time on a chain that has not mined for longer than its deadline', async () => {
  const { public: client } = await accountOf(world, 'b')
  const hour = { method: 'evm_increaseTime', params: [3_600] } as const
  // Of anvil, which viem's list of methods does not have; no block is mined.
  await client.request(hour as never)
  await world.json(['market', 'buy', scenario, 'a', '1', '--dir', 'b', '--yes'])
  await client.request(hour as never)
  const add = ['market', 'add-liquidity', scenario, '--dir', 'operator', '--yes']
  await world.json([...add, '1', '--token', 'CUR'])
  await client.request(hour as never)
  // Five transactions, tried as if each were a second after the other.
  await world.json([...add, '1', '--deadline', '10', '--dry-run'])
  await world.json([...add, '1'])
})

test('every command that sends can be tried without sending', async () => {
  const unopened = await unopenedScenario(world, ['a', 'b'])
  await world.json(['chain', 'fund', '--dir', 'operator'])
  const before = await tracesOf(world, scenario, 'operator')
  const dir = ['--dir', 'operator', '--dry-run']
  const tried = [
    await world.json(['federation', 'create', 'template.yaml', ...dir]),
    await world.json(['federation', 'allow', scenario, SOMEBODY, ...dir]),
    await world.json(['chain', 'fund', ...dir]),
    await world.json(['chain', 'transfer', scenario, 'CUR', '1', '--to', SOMEBODY, ...dir]),
    await world.json(['market', 'open', unopened, ...dir]),
    await world.json(['market', 'add-liquidity', scenario, '1', ...dir]),
    await world.json(['market', 'buy', scenario, 'a', '1', ...dir]),
    await world.json(['market', 'sell', scenario, 'a', '1', ...dir]),
    await world.json(['market', 'remove-liquidity', scenario, '1', ...dir]),
  ]
  for (const one of tried) {
    expect(one).toMatchObject({ dryRun: true })
    expect(BigInt(String(one.gasUsed))).toBeGreaterThan(20_000n)
  }
  expect(await world.json(['chain', 'claim', scenario, ...dir])).toMatchObject({ gasUsed: '0' })
  const buy = await world.run(['market', 'buy', scenario, 'a', '1', ...dir])
  expect(buy.stdout).toMatch(
    /\n {2}gas 1\d\d,\d{3} in 2 transactions, 1 of them for the exact allowance\nDry run: nothing was sent\.\n$/,
  )
  const claim = await world.run(['chain', 'claim', scenario, ...dir])
  expect(claim.stdout).toMatch(/ {2}needs no transaction\nDry run: nothing was sent\.\n$/)
  expect(await tracesOf(world, scenario, 'operator')).toEqual(before)
})
