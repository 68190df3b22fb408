import {
  advanceTime,
  assertRound,
  type ChainAccount,
  delistClient,
  deployAttesterResolver,
  dispute,
  fundRound,
  ONE_TOKEN,
  pause,
  readBlockTime,
  readScenario,
  register,
  setAllowed,
  settleDispute,
  sharesHash,
  signVerdict,
} from '@fednode/contracts'
import { keccak256, toHex } from 'viem'
import { beforeAll, expect, test } from 'vitest'
import { useLocalWorld } from './local-world.ts'
import { accountOf, marketScenario } from './market-scenario.ts'

const world = useLocalWorld()
const DIGEST = keccak256(toHex('evidence'))
const BOND = 50n * ONE_TOKEN

let operator: ChainAccount
let a: ChainAccount
let scenario: `0x${string}`
let resolver: `0x${string}`

beforeAll(async () => {
  for (const name of ['a', 'b', 'late', 'guard']) await world.participant(name)
  operator = await accountOf(world, 'operator')
  a = await accountOf(world, 'a')
  const attesters = { attesters: [operator.address], threshold: 1 }
  resolver = (await deployAttesterResolver(operator, attesters)).address
  scenario = await marketScenario(world, ['a', 'b'], {
    bond: BOND,
    resolver,
    guardian: (await accountOf(world, 'guard')).address,
    firstPot: 400n * ONE_TOKEN,
    potRatio: (9n * ONE_TOKEN) / 10n,
  })
})

async function status(): Promise<string> {
  const { code, stdout, stderr } = await world.run(['chain', 'status', scenario, '--dir', 'a'])
  expect([code, stderr]).toEqual([0, ''])
  return stdout
}

test('T41 the status shows of the node where it is, and not the key in its address', async () => {
  const rpc = `${world.rpc}?key=secret`
  const { code, stdout } = await world.run(['chain', 'status', '--dir', 'a', '--rpc', rpc])
  expect(code).toBe(0)
  expect(stdout).toContain(`at ${world.rpc}/…`)
  expect(stdout).not.toContain('secret')
})

test('the status says what a round must hold, what bonds cost, and who may pause and decide', async () => {
  const text = await status()
  expect(text).toContain(
    'schedule    first pot 400.000000 CUR, each 90.00 % of the one before; round 1 must hold 400.000000 CUR',
  )
  expect(text).toContain(`resolver    ${resolver}`)
  expect(text).toContain(
    'bonds       to assert 50.000000 CUR, to dispute 50.000000 CUR; 0.000000 CUR held',
  )
  expect(text).toMatch(/guardian +0x[0-9a-fA-F]{40} may pause$/m)
})

test('a silo that registers late is named with the round in which it begins', async () => {
  const late = await accountOf(world, 'late')
  await setAllowed(operator, { scenario, accounts: [late.address], allowed: true })
  const binding = new Uint8Array(64)
  await register(late, { scenario, name: 'late', peerKey: DIGEST, binding })
  expect(await status()).toContain(
    'silos       a, b, late (at most 5); from the next round on: late',
  )
})

test('a dispute is told with its time, and the bond of a disputer who was right comes back by claim --bond', async () => {
  const shares = [1, 1]
  await fundRound(operator, { scenario, round: 1, amount: 400n * ONE_TOKEN })
  const assertion = { scenario, round: 1, shares, evidenceRoot: DIGEST, modelDigest: DIGEST }
  await assertRound(operator, assertion)
  expect(await status()).toMatch(/phase +asserted, round 1 of 3, may be settled from 2\d{3}-/)
  const { resolvableAt } = await dispute(a, { scenario, round: 1, evidence: DIGEST })
  const disputed = await status()
  expect(disputed).toContain('phase       disputed, round 1 of 3')
  const when = new Date(Number(resolvableAt) * 1_000).toISOString()
  expect(disputed).toContain(`dispute     by ${a.address}, decided from ${when} on`)
  expect(disputed).toContain('100.000000 CUR held')

  await advanceTime(operator, resolvableAt)
  const { chainId } = operator
  const verdict = { resolver, scenario, round: 1, upheld: false }
  const anchored = sharesHash({ chainId, scenario, round: 1, shares })
  const signed = await signVerdict(operator, { ...verdict, sharesHash: anchored })
  await settleDispute(operator, { ...verdict, verdicts: [signed] })
  const struck = await status()
  expect(struck).toContain('to assert 100.000000 CUR')
  expect(struck).toContain('struck down once in this round')

  const held = await world.run(['market', 'portfolio', scenario, '--dir', 'a'])
  expect(held.stdout).toMatch(/free bonds +75\.000000/)
  expect(held.stdout).toContain('--bond')
  const claim = ['chain', 'claim', scenario, '--dir', 'a', '--bond']
  const free = String((BOND * 3n) / 2n)
  expect(await world.json([...claim, '--dry-run'])).toMatchObject({ fromBonds: free, dryRun: true })
  expect(await world.json(claim)).toMatchObject({ fromBonds: free })
  expect((await world.json(claim)).fromBonds).toBe('0')
  const forOther = await world.run([...claim, '--holder', operator.address])
  expect([forOther.code, forOther.stderr]).toEqual([2, expect.stringContaining('--bond pays')])
})

test('of a delisted token the price says so, and the pool sells no more of it', async () => {
  await delistClient(operator, { scenario, index: 1 })
  const shown = await world.run(['market', 'price', scenario])
  expect(shown.stdout).toMatch(/^b .* delisted: the pool only buys it$/m)
  expect(shown.stdout).not.toMatch(/^a .*delisted/m)
  const { tokens } = await world.json(['market', 'price', scenario])
  expect(tokens).toMatchObject([{ delisted: false }, { delisted: true }])
  const buy = await world.run(['market', 'buy', scenario, 'b', '10', '--dir', 'a', '--yes'])
  expect([buy.code, buy.stderr]).toEqual([
    2,
    expect.stringContaining('the pool sells no more of token b:'),
  ])
  expect(buy.stderr).not.toMatch(/\n {4}at /)
  await world.json(['market', 'sell', scenario, 'b', '10', '--dir', 'b', '--yes'])
})

test('a pause is told with its end; trades are refused, claims and leaving are not', async () => {
  await pause(await accountOf(world, 'guard'), { scenario })
  const { pausedUntil } = await readScenario(operator, { scenario })
  expect(pausedUntil).toBeGreaterThan(await readBlockTime(operator))
  const end = new Date(Number(pausedUntil) * 1_000).toISOString()
  expect(await status()).toContain(`market and new rounds paused until ${end}`)
  const price = await world.run(['market', 'price', scenario])
  expect(price.stdout).toContain(`paused until ${end}`)
  const buy = await world.run(['market', 'buy', scenario, 'a', '10', '--dir', 'a', '--yes'])
  expect([buy.code, buy.stderr]).toEqual([3, expect.stringMatching(/paused/)])
  await world.json(['market', 'remove-liquidity', scenario, '1', '--dir', 'operator', '--yes'])
  await world.json(['chain', 'claim', scenario, '--dir', 'a'])
})
