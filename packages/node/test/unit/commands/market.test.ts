import { writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { useLocalWorld } from './local-world.ts'

const world = useLocalWorld()

const ONE = 10n ** 18n
const TRIES = 200
const PAUSE_MS = 100

type Json = Record<string, unknown>
type Token = { readonly silo: string; readonly price: string; readonly balance: string }

test('a market from its opening to the last claim, by command', async () => {
  const { scenario, finished } = await startFederation()
  await world.participant('investor')
  // The opening takes what the first funding gave.
  await world.json(['chain', 'fund', '--dir', 'investor'])
  const unopened = await world.run(['market', 'price', scenario])
  expect(unopened.code).toBe(3)
  expect(unopened.stderr).toContain(`fednode market open ${scenario}`)

  await openWhenRegistered(scenario)
  const before = tokensOf(await world.json(['market', 'price', scenario]))
  expect(before.map(({ silo }) => silo).sort()).toEqual(['a', 'b'])
  // Each token weighs half of the currency and has 150,000 in the pool: 5,000 CUR for 150,000.
  expect(before.map(({ price }) => BigInt(price))).toEqual([ONE / 30n, ONE / 30n])

  await refusesWhatNobodyConfirms(scenario)
  await trades(scenario, before)
  await movesLiquidity(scenario)
  expect(await finished).toEqual([0, 0, 0])
  await showsAndClaims(scenario)
})

async function refusesWhatNobodyConfirms(scenario: string): Promise<void> {
  const { code, stderr } = await world.run([
    'market',
    'buy',
    scenario,
    'a',
    '10',
    '--dir',
    'investor',
  ])
  expect(code).toBe(3)
  expect(stderr).toContain('--yes')
  const unknown = await world.run(['market', 'quote', scenario, 'buy', 'nobody', '10'])
  expect(unknown.code).toBe(2)
  expect(unknown.stderr).toMatch(/no silo "nobody" in this market\n.*(?:a, b|b, a)/)
  const poor = await world.run([
    'market',
    'sell',
    scenario,
    'a',
    '10',
    '--dir',
    'investor',
    '--yes',
  ])
  expect(poor.code).toBe(2)
  expect(poor.stderr).toMatch(/\[exit 2\]/)
  expect(poor.stderr).not.toMatch(/\n {4}at /)
}

async function trades(scenario: string, before: readonly Token[]): Promise<void> {
  const quote = await world.json(['market', 'quote', scenario, 'buy', 'a', '200'])
  const dry = await world.json([
    'market',
    'buy',
    scenario,
    'a',
    '200',
    '--dir',
    'investor',
    '--dry-run',
  ])
  expect(dry).toMatchObject({ ...quote, dryRun: true })
  // The exact allowance, then the trade (T56).
  expect(dry.transactions).toMatchObject([{ approval: { amount: String(200n * ONE) } }, {}])
  expect(BigInt(String(dry.gasUsed))).toBeGreaterThan(100_000n)
  const bought = await world.json([
    'market',
    'buy',
    scenario,
    'a',
    '200',
    '--dir',
    'investor',
    '--yes',
  ])
  expect(bought).toMatchObject({ side: 'buy', silo: 'a', amountIn: String(200n * ONE) })
  expect(bought.amountOut).toBe(quote.amountOut)
  const after = tokensOf(await world.json(['market', 'price', scenario]))
  expect(priceOf(after, 'a')).toBeGreaterThan(priceOf(before, 'a'))

  const dear = await world.run(['market', 'quote', scenario, 'buy', 'b', '1000'])
  expect(dear.stdout).toContain('Beware')

  const sold = await world.json(['market', 'sell', scenario, 'b', '1000', '--dir', 'b', '--yes'])
  expect(BigInt(String(sold.amountOut))).toBeGreaterThan(0n)
  const last = tokensOf(await world.json(['market', 'price', scenario]))
  expect(priceOf(last, 'b')).toBeLessThan(priceOf(after, 'b'))
}

async function movesLiquidity(scenario: string): Promise<void> {
  const holds = await portfolio(scenario)
  const removed = await world.json([
    ...['market', 'remove-liquidity', scenario, '100', '--dir', 'investor', '--yes'],
  ])
  expect(removed.tokens).toHaveLength(3)
  const left = await portfolio(scenario)
  expect(left.lp).toBe(holds.lp - 100n * ONE)
  // What came out of the pool is enough to go back in for a little less than it.
  await world.json(['market', 'add-liquidity', scenario, '99', '--dir', 'investor', '--yes'])
  expect((await portfolio(scenario)).lp).toBe(holds.lp - ONE)
}

async function showsAndClaims(scenario: string): Promise<void> {
  const shown = await world.json(['run', 'show', '--dir', 'operator', '--scenario', scenario])
  const rounds = shown.rounds as readonly Json[]
  expect(rounds.map(({ round, state }) => [round, state])).toEqual([
    [1, 'final'],
    [2, 'final'],
  ])
  const one = await world.run(['run', 'show', '--dir', 'operator', '--round', '2'])
  expect(one.stdout).toMatch(/evidence\s+b/)
  const none = await world.run(['run', 'show', '--dir', 'operator', '--round', '3'])
  expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('1 to 2')])

  const contributions = await world.json(['contrib', 'show', '--dir', 'operator'])
  const silos = contributions.silos as readonly { silo: string; shapley: number; share: number }[]
  const gained = rounds.reduce(
    (sum, round) => sum + Number(round.utilityAfter) - Number(round.utilityBefore),
    0,
  )
  expect(silos.reduce((sum, { shapley }) => sum + shapley, 0)).toBeCloseTo(gained, 9)
  expect(silos.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 6)

  const foretold = await world.json(['chain', 'claim', scenario, '--dir', 'a', '--dry-run'])
  expect(foretold.dryRun).toBe(true)
  const claimed = await world.json(['chain', 'claim', scenario, '--dir', 'a'])
  expect(BigInt(String(claimed.paid))).toBeGreaterThanOrEqual(BigInt(String(foretold.paid)))
  expect(BigInt(String(claimed.paid))).toBeGreaterThan(0n)
  const status = await world.json(['chain', 'status', scenario, '--dir', 'a'])
  const { deposited, claimed: paid, claimable } = status.books as Record<string, string>
  expect(BigInt(paid ?? 0)).toBeGreaterThan(0n)
  expect(BigInt(deposited ?? 0)).toBeGreaterThanOrEqual(BigInt(paid ?? 0) + BigInt(claimable ?? 0))
}

/** Two silos and an aggregator that wait for the market; `finished` has their exit codes. */
async function startFederation(): Promise<{
  scenario: string
  finished: Promise<readonly number[]>
}> {
  await Promise.all(['a', 'b'].map((name) => world.participant(name)))
  await world.json([
    ...['federation', 'init', '--data', 'validation.csv', '--label', 'outcome', '--rounds', '2'],
    ...['--max-silos', '2', '--market', '10000', '--out', 'market.yaml'],
  ])
  const yaml = await import('node:fs').then((fs) =>
    fs.readFileSync(world.path('market.yaml'), 'utf8'),
  )
  writeFileSync(
    world.path('market.yaml'),
    yaml.replace(/challengeSeconds: \d+/, 'challengeSeconds: 1').replace(/^seed: \d+/m, 'seed: 7'),
  )
  const made = await world.json(['federation', 'create', 'market.yaml', '--dir', 'operator'])
  const scenario = String(made.scenario)
  const runs = [
    world.run([
      ...['aggregator', 'run', '--dir', 'operator', '--scenario', scenario],
      ...['--data', 'validation.csv', '--json'],
    ]),
    ...['a', 'b'].map((name) =>
      world.run([
        ...['join', scenario, '--data', `${name}.csv`, '--name', name, '--dir', name],
        ...['--accept', String(made.manifest), '--json'],
      ]),
    ),
  ]
  return { scenario, finished: Promise.all(runs).then((ended) => ended.map(({ code }) => code)) }
}

/** Registration closes when both silos are there, which takes them a moment. */
async function openWhenRegistered(scenario: string): Promise<void> {
  let answer = ''
  for (let tries = 0; tries < TRIES; tries++) {
    const { code, stderr } = await world.run([
      'market',
      'open',
      scenario,
      '--dir',
      'investor',
      '--yes',
    ])
    if (code === 0) return
    expect(code).toBe(3)
    await sleep(PAUSE_MS)
    answer = stderr
  }
  throw new TypeError(answer)
}

async function portfolio(scenario: string): Promise<{ readonly lp: bigint }> {
  const { lp } = await world.json(['market', 'portfolio', scenario, '--dir', 'investor'])
  return { lp: BigInt((lp as { balance: string }).balance) }
}

function tokensOf(data: Json): readonly Token[] {
  expect((data.currency as { balance: string }).balance).toMatch(/^\d+$/)
  return data.tokens as readonly Token[]
}

function priceOf(tokens: readonly Token[], silo: string): bigint {
  return BigInt(tokens.find((token) => token.silo === silo)?.price ?? 0)
}
